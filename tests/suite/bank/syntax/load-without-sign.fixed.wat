(module
  (memory 1)
  (func (export "byte") (param $p i32) (result i32)
    (i32.load8_u (local.get $p))))
