(module
  (global $total (mut i64) (i64.const 0))
  (func (export "account") (param $amount i64)
    global.get $total
    local.get $amount
    i64.add
    global.set $total))
