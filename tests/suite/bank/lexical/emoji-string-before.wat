(module
  (memory 1)
  (func (export "🎉🎉") (param $n i32) (result i32) (local.get $m))
  (data (i32.const 0) "🎈"))
