(module
  (tag $e (param i32))
  (func $risky (throw $e (i32.const 1)))
  (func $f (result i32)
    (block $handler (result i32)
      (try_table $try (catch $e $handler)
        (call $risky))
      (i32.const 0))))
