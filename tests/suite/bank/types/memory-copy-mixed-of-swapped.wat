(module
  (memory $big i64 1)
  (memory $small 1)
  (func $get (param $src i64) (param $dst i32) (param $n i32)
    (memory.copy $small $big (local.get $src) (local.get $dst) (local.get $n))))
