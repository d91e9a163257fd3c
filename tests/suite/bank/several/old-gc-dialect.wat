(module
  (type $cons (struct_subtype (field $car (ref eq)) (field $cdr (ref null $cons)) data))
  (func (export "list") (param $n i32) (result (ref $cons))
    (struct.new_canon $cons
      (i31.new (local.get $n))
      (ref.null $cons)))
  (func (export "isSmall") (param $c (ref $cons)) (result i32)
    (ref.is_i31 (struct.get $cons $car (local.get $c)))))
