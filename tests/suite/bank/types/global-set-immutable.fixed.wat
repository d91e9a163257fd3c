(module
  (global $limit (mut i32) (i32.const 100))
  (func (export "raise") (param $by i32)
    (i32.add (global.get $limit) (local.get $by))
    global.set $limit))
