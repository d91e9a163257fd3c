(module
  (type $grid (array (mut f32)))
  (func (export "grid") (param $size i32) (result (ref $grid))
    (array.new $grid
      (f32.const 0)
      (local.get $size))))
