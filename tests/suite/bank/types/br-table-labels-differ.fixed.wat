(module
  (func $f (param $x i32)
    (block $a
      (block $b
        (br_table $a $b (local.get $x)))
      nop)))
