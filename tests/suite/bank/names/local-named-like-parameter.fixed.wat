(module
  (func (export "count") (param $n i32) (result i32)
    (local $i i32)
    (local $m i32)
    (local.set $i (i32.const 3))
    (local.get $i)))
