(module
  (import "env" "size" (func $size (result i32 i64)))
  (func (export "store")
    (local $w i32) (local $h i64)
    call $size
    local.set $h
    local.set $w))
