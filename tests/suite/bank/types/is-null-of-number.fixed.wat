(module
  (func (export "empty") (param $p i32) (result i32)
    local.get $p
    i32.eqz))
