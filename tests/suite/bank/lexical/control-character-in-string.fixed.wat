(module
  (memory 1)
  (data (i32.const 8) "bell \07")
  (func (export "get") (param $i i32) (result i32)
    (i32.load8_u offset=8 (local.get $i))))
