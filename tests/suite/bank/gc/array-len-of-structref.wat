(module
  (func (export "count") (param $x structref) (result i32)
    (array.len (local.get $x))))
