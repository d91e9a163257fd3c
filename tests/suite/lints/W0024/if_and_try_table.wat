(module
  (func $g)
  (func $f (export "f") (param $n i32)
    (block $l
      (br_if $l (local.get $n))
      (if $l (local.get $n) (then (br $l))))
    (loop $h
      (try_table $h (call $g) (br $h)))))
