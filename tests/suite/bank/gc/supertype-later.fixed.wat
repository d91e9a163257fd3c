(module
  (type $base (sub (struct (field $id i32))))
  (type $derived (sub $base (struct (field $id i32) (field $more i64))))
  (func (export "id") (param $d (ref $base)) (result i32)
    (struct.get $base $id (local.get $d))))
