(module
  (type $cons (struct (field $car (ref eq)) (field $cdr (ref null $cons))))
  (func (export "list") (param $n i32) (result (ref $cons))
    (struct.new $cons
      (ref.i31 (local.get $n))
      (ref.null $cons)))
  (func (export "isSmall") (param $c (ref $cons)) (result i32)
    (ref.test (ref i31) (struct.get $cons $car (local.get $c)))))
