(module
  (type $vec (struct (field f32 f32)))
  (func $len (param (ref $vec))
    nop)
  (export "len" (func $len)))
