(module
  (type $Obj (sub (struct)))
  (type $Str (sub $Obj (struct (field i32))))
  (func (export "len") (param $o (ref null $Obj)) (result i32)
    (struct.get $Str 0 (ref.cast (ref null $Str) (local.get $o)))))
