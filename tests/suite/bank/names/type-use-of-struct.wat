(module
  (type $vec (struct (field f32 f32)))
  (func $len (type $vec)
    nop)
  (export "len" (func $len)))
