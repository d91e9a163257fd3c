(module
  (type $str (array i8))
  (data $hello "hello")
  (func (export "greeting") (result (ref $str))
    (array.new_data $str $helo (i32.const 0) (i32.const 5))))
