(module
  (global $counter (mut i32) (i32.const 0))
  (func (export "tick") (result i32)
    (global.set $conter
      (i32.add (global.get $counter) (i32.const 1)))
    (global.get $cuonter))
  (func (export "reset")
    (global.set $counter (f64.const 0))))
