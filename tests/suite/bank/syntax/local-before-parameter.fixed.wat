(module
  (func $f (param $n i32) (local $i i32)
    (local.set $i (local.get $n)))
  (export "f" (func $f)))
