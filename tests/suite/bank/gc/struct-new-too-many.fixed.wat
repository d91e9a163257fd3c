(module
  (type $color (struct (field $r i8) (field $g i8) (field $b i8)))
  (func (export "gray") (param $v i32) (result (ref $color))
    (struct.new $color
      (local.get $v) (local.get $v) (local.get $v))))
