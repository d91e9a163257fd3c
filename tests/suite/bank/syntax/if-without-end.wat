(module
  (global $hits (mut i32) (i32.const 0))
  (func (export "hit") (param $really i32)
    local.get $really
    if
      global.get $hits
      i32.const 1
      i32.add
      global.set $hits))
