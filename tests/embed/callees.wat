;; C functions with zero to four parameters, as in an extension module of CPython. Each returns the object that
;; is set here, and passes its arguments to `seen`.

(module
  (import "env" "seen" (func $seen (param i32 i32 i32)))
  (import "env" "zero" (global $zero i32))
  (import "env" "one" (global $one i32))
  (import "env" "two" (global $two i32))
  (import "env" "three" (global $three i32))

  (func (export "f0") (result i32)
    (global.get $zero))

  (func (export "f1") (param $self i32) (result i32)
    (call $seen (local.get $self) (i32.const -1) (i32.const -1))
    (global.get $one))

  (func (export "f2") (param $self i32) (param $args i32) (result i32)
    (call $seen (local.get $self) (local.get $args) (i32.const -1))
    (global.get $two))

  (func (export "f3") (param $self i32) (param $args i32) (param $kw i32) (result i32)
    (call $seen (local.get $self) (local.get $args) (local.get $kw))
    (global.get $three))

  (func (export "f4") (param i32 i32 i32 i32) (result i32)
    (global.get $three))

  (func (export "other") (param f64) (result f64)
    (local.get 0))
)
