(module
  (memory 1)
  (func (export "second") (param $p i32) (result i32)
    (i32.load offset = 4 (local.get $p))))
