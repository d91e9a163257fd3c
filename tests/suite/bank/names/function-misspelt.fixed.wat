(module
  (func $compute_total (param $price i32) (param $count i32) (result i32)
    (i32.mul (local.get $price) (local.get $count)))
  (func (export "main") (result i32)
    (call $compute_total (i32.const 3) (i32.const 4))))
