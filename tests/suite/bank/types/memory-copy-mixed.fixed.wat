(module
  (memory $small 1)
  (memory $large i64 1)
  (func (export "spill") (param $src i32) (param $n i32)
    (memory.copy $large $small
      (i64.extend_i32_u (local.get $src))
      (local.get $src)
      (local.get $n))))
