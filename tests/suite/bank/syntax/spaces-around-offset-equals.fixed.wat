(module
  (memory 1)
  (func (export "y") (param $point i32) (result i32)
    (i32.load offset=4 (local.get $point))))
