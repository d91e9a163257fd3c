(module
  (import "js" "a" (global $a externref))
  (import "js" "b" (global $b externref))
  (func (export "choose") (param $first i32) (result externref)
    global.get $a
    global.get $b
    local.get $first
    select))
