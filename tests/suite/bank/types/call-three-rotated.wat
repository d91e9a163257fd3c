(module
  (import "env" "draw" (func $draw (param i32 f32 i64)))
  (func (export "go") (param $id i32) (param $x f32) (param $t i64)
    (call $draw (local.get $x) (local.get $t) (local.get $id))))
