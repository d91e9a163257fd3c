;; Counts the calls.
(module
  (global $calls (mut i32) (i32.const 0))
  (func (export "count")
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))))
