(module
  (type $callback (func (param i32)))
  (func $default (result i32) (i32.const 0))
  (func $other (param i32))
  (global $on_event (mut (ref $callback)) (ref.func $other))
  (func (export "fire")
    (call_ref $callback (i32.const 1) (global.get $on_event))))
