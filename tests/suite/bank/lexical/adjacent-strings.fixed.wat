(module
  (memory 1)
  (data (i32.const 16)
    "key\00" "value\00"
    "end")
  (func (export "peek") (param i32) (result i32)
    (i32.load8_u offset=16 (local.get 0))))
