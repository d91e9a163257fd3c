(module
  (memory 1)
  (func (export "low") (param $p i32) (result i32)
    (i32.wrap_i64 (i32.load (local.get $p)))))
