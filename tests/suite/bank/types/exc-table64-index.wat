(module
  (table $big i64 10 funcref)
  (func $f)
  (elem (table $big) (i64.const 0) func $f)
  (func (export "go") (param $i i32)
    (call_indirect $big (local.get $i))))
