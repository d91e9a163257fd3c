(module
  (func $g (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $f (param $a i32) (param $b i32) (result i32)
    call $g $a $b))
