(module
  (memory 1)
  (func (export "far") (param $p i32) (result i32)
    (i32.load offset=4294967296 (local.get $p))))
