(module
  (tag $e (param i32))
  (func $f (result i32)
    (block $h (result i32)
      (try_table (catch_ref $e $h))
      (i32.const 0))))
