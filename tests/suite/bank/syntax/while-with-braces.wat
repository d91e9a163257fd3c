(module
  (func $f (param $n i32) (result i32)
    while (local.get $n) {
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    }
    (local.get $n)))
