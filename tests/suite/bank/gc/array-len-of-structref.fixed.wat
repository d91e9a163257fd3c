(module
  (func (export "count") (param $x arrayref) (result i32)
    (array.len (local.get $x))))
