(module
  (type (func))
  (type (struct (field i32)))
  (type (array (mut i32)))
  (func $a (result (ref 1)) (struct.new 1 (i32.const 1)))
  (func $b (param (ref 1)) (result i32) (struct.get 1 0 (local.get 0)))
  (func $c (param i32) (result (ref 2)) (array.new 2 (i32.const 0) (local.get 0)))
  (func $d (param (ref 2)) (result i32) (array.get 2 (local.get 0) (i32.const 0))))
