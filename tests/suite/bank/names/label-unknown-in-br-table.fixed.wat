(module
  (func (export "pick") (param $i i32) (result i32)
    (block $zero
      (block $one
        (block $two
          (br_table $zero $one $two $zero (local.get $i)))
        (return (i32.const 30)))
      (return (i32.const 20)))
    (i32.const 10)))
