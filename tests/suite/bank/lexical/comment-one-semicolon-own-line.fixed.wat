;; helpers for strings
(module
  (memory 1)
  (func (export "strlen") (param $p i32) (result i32)
    (i32.load (local.get $p))))
