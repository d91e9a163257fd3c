(module
  (func $f (local $i i32) (param $n i32)
    (local.set $i (local.get $n)))
  (export "f" (func $f)))
