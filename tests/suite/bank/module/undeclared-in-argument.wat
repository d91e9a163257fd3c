(module
  (type $cb (func (param i32)))
  (import "env" "each" (func $each (param (ref $cb))))
  (func $visit (type $cb) (drop (local.get 0)))
  (func (export "run")
    (call $each (ref.func $visit))))
