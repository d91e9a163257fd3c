(module
  (tag $e (param i32))
  (func $risky (result i32) (throw $e (i32.const 1)))
  (func $f (result i32)
    (try_table $try (result i32) (catch $e $try)
      (call $risky))))
