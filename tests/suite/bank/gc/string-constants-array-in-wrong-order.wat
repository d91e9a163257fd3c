(module
  (type $string (array i8))
  (data $hello "hello")
  (func (export "hello") (result (ref $string))
    (array.new_data $hello $string (i32.const 0) (i32.const 5))))
