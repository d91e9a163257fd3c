(module
  (table $t 4 funcref)
  (func (export "clear") (param $i i32)
    local.get $i
    ref.null none
    table.set $t))
