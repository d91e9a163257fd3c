(module
  (tag $e (param i32))
  (func $f (result i32)
    (block $h (result i32)
      (try_table (catch $e $h))
      (i32.const 0))))
