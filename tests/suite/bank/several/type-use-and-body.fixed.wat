(module
  (type $t (func (param i32) (result i32)))
  (func $f (type $t) (param $a i32) (result i32)
    (local.get $a)
    (i32.const 1)
    (i32.add))
  (func $h (type $t) (param $a i32) (result i32)
    (i32.add (local.get $a) (i32.const 1))))
