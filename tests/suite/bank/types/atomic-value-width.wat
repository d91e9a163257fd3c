(module
  (memory 1 1 shared)
  (func (export "bump") (param $p i32) (result i64)
    (i64.atomic.rmw.add (local.get $p) (i32.const 1))))
