(module
  (type $text (array (mut i8)))
  (data $hello "hello")
  (func (export "greet") (param $t (ref $text))
    (array.init_data $text $hello
      (local.get $t) (i32.const 0) (i32.const 0) (i32.const 5))))
