(module
  (type $bytes (array (mut i8)))
  (data $hello "hello")
  (func (export "load") (result (ref $bytes))
    (array.new_data $bytes $hello (i32.const 0) (i32.const 5))))
