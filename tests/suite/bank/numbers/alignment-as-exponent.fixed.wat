(module
  (memory 1)
  (func (export "put") (param $p i32) (param $v i32)
    (i32.store align=4 (local.get $p) (local.get $v))))
