(module
  (func $minmax (param i32 i32) (result i32 i32)
    local.get 0
    local.get 1)
  (func (export "width") (param i32 i32) (result i32)
    (i32.add (call $minmax (local.get 0) (local.get 1)) (i32.const 1))))
