(module
  (func (export "f") (param $n i32) (result i32)
    (local $t i32)
    (i32.lt_s (local.tee $t (i32.mul (local.get $n) (i32.const 3))) (local.get $t))))
