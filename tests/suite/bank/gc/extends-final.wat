(module
  (rec
    (type $A (sub (struct (field i32))))
    (type $B (sub final $A (struct (field i32 i64))))
    (type $C (sub $B (struct (field i32 i64 f64)))))
  (func (export "c") (result (ref $C))
    (struct.new_default $C)))
