(module
  (memory 1)
  (func (export "put") (param $p i32) (param $v f64)
    (f64.store (i32.add (local.get $p) (i32.const 8) (local.get $v)))))
