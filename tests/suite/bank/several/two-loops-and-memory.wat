(module
  (memory 1)
  (func (export "copy") (param $d i32) (param $s i32) (param $n i32)
    (loop $bytes
      (i32.store8
        (local.get $d)
        (i64.load8_u (local.get $s)))
      (br_if $bytes (local.get $n)))
    (loop $words
      (local.set $n (i32.sub (local.get $n) (i32.const 4)))
      (br_if $words
        (f32.load (local.get $s))))
    (i32.store align=8 (local.get $d) (i32.const 0))))
