(module
  (type $digits (array i8))
  (func (export "pi") (result (ref $digits))
    (array.init_static $digits 3
      (i32.const 3) (i32.const 1) (i32.const 4))))
