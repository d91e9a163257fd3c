(module
  (type $cell (struct (field (mut i32))))
  (table $cells 4 (ref $cell) (struct.new $cell (i32.const 0)))
  (func (export "clear") (param $i i32)
    (table.set $cells (local.get $i) (struct.new $cell (i32.const 0)))))
