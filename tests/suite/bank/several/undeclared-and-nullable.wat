(module
  (type $fn (func (result i32)))
  (func $seven (type $fn) (i32.const 7))
  (func $run (param $f (ref $fn)) (result i32)
    (call_ref $fn (local.get $f)))
  (func (export "direct") (result i32)
    (call $run (ref.func $seven)))
  (func (export "maybe") (param $f (ref null $fn)) (result i32)
    (call $run (local.get $f))))
