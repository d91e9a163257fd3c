(module
  (type $a (array f32))
  (func $f (result (ref $a))
    (array.new_fixed $a 2 (f32.const 1) (f32.const 2))))
