(module
  (type $strings (array (mut (ref null any))))
  (data $bytes "abcdef")
  (func (export "load") (result (ref $strings))
    (array.new_data $strings $bytes (i32.const 0) (i32.const 6))))
