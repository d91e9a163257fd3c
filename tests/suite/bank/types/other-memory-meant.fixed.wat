(module
  (memory $small i32 1)
  (memory $big i64 1)
  (func (param $p i64) (result i32) (i32.load $big (local.get $p))))
