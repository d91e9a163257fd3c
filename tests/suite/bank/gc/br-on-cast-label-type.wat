(module
  (type $num (struct (field $n i32)))
  (func (export "number") (param $v anyref) (result i32)
    (block $num (result (ref i31))
      (br_on_cast $num anyref (ref $num) (local.get $v))
      (return (i32.const -1)))
    (i31.get_s)))
