(module
  (import "canvas" "line" (func $line (param f64 f64 i32)))
  (func (export "draw") (param $x f64) (param $y f64) (param $color i32)
    local.get $x
    local.get $color
    local.get $y
    call $line))
