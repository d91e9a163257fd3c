(module
  (type $t (func (result i32)))
  (import "env" "mine" (func $mine (type $t)))
  (elem declare func $mine)
  (func $callo (result i32) (call_ref $t (ref.func $mine)))
)
