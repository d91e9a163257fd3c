(module
  (memory 1)
  (func (export "put") (param $p i32)
    (i32.store offset=8 (local.get $p) (i32.const 1))))
