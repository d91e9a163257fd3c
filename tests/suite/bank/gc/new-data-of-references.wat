(module
  (type $bytes (array i8))
  (type $strings (array (ref null $bytes)))
  (data $lit "hello world")
  (func (export "load") (result (ref $strings))
    (array.new_data $strings $lit (i32.const 0) (i32.const 5))))
