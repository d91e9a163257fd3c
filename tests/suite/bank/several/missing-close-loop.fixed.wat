(module
  (func $f (param $n i32)
    (block $out
      (loop $top
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $top)
      )
    )
  )
  (func $g (call $f (i32.const 1)))
)
