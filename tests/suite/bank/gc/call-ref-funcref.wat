(module
  (type $handler (func (param i32)))
  (table $t 4 funcref)
  (func (export "fire") (param $i i32) (param $event i32)
    (call_ref $handler
      (local.get $event)
      (table.get $t (local.get $i)))))
