(module
  (type $triple (array i32))
  (func (export "make") (result (ref $triple))
    i32.const 1
    i32.const 2
    i32.const 3
    array.new_fixed $triple 2
  ))
