(module
  (func $f (param $x i32)
    (block $a (result i32)
      (block $b
        (br_table $a $b (i32.const 1) (local.get $x)))
      (i32.const 0))
    (drop)))
