(module
  (type $vec3 (array f32))
  (func $unit (export "unit") (result (ref $vec3))
    f32.const 1
    f32.const 0
    array.new_fixed $vec3 3))
