(module
  (type $Vec3 (array (mut f32)))
  (func (export "up") (result (ref $Vec3))
    (array.new_fixed $Vec3 3 (f32.const 0) (f32.const 1))))
