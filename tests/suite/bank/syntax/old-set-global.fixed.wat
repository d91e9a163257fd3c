(module
  (global $g (mut i32) (i32.const 0))
  (func (export "set") (param $x i32)
    local.get $x
    global.set $g))
