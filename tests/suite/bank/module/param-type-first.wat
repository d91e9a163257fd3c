(module
  (func $f (param i32 $a)
    (drop (local.get $a))))
