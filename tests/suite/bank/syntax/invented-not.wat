(module
  (func (export "isOdd") (param $n i32) (result i32)
    (i32.not
      (i32.eqz (i32.and (local.get $n) (i32.const 1))))))
