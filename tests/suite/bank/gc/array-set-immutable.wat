(module
  (type $table (array f32))
  (func (export "fill") (param $t (ref $table)) (param $i i32)
    (if (i32.lt_u (local.get $i) (array.len (local.get $t)))
      (then
        (array.set $table (local.get $t) (local.get $i) (f32.const 1))))))
