(module
  (func $f (param $a externref) (result i32)
    (i32.eq (local.get $a) (ref.null extern))))
