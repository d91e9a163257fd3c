(module
  (type $a (array i32))
  (func (export "none") (result (ref $a))
    (array.new_fixed $a -1)))
