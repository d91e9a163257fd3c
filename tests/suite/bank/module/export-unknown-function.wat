(module
  (func $add_vectors (param f32 f32) (result f32)
    (f32.add (local.get 0) (local.get 1)))
  (export "add" (func $add_vector)))
