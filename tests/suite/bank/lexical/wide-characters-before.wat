(module
  (func $sum (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "run") (result i32)
    (; 日本語の合計 ;) (call $sun (i32.const 1) (i32.const 2))))
