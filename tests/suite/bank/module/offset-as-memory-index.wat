(module (memory 1)
  (func (param $p i32) (result i32) (i32.load 4 (local.get $p))))
