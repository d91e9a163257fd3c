(module
  (tag $e (param i32))
  (func (result i32)
    (block $h (result i32)
      (try_table $t (catch $e $t)
        (throw $e (i32.const 1)))
      (i32.const 3))))
