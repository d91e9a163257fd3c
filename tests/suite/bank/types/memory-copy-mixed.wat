(module
  (memory $small 1)
  (memory $large i64 1)
  (func (export "spill") (param $src i32) (param $n i32)
    (memory.copy $large $small
      (local.get $src)
      (local.get $src)
      (local.get $n))))
