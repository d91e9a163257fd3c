(module
  (import "host" "log" (func $log (param i32)))
  (import "host" "make" (func $make (@sym (name "make_object")) (param i32) (result externref)))
  (import "host" "value" (func $get (param externref) (result i32)))
  (import "env" "log" (func $c_log (param i32) (result i32)))
  (func (export "through_host") (param i32) (result i32)
    (call $log (local.get 0))
    (call $get (call $make (local.get 0))))
  (func (export "alias") (param i32) (result i32) (call $c_log (local.get 0))))
