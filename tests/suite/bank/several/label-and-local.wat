(module
  (func $collatz (export "collatz") (param $n i32) (result i32)
    (local $steps i32)
    (block $done
      (loop $again
        (br_if $don (i32.eq (local.get $n) (i32.const 1)))
        (local.set $steps (i32.add (local.get $step) (i32.const 1)))
        (if (i32.and (local.get $n) (i32.const 1))
          (then
            (local.set $n (i32.add (i32.mul (local.get $n) (i32.const 3)) (i32.const 1))))
          (else
            (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))))
        (br $again)))
    (local.get $steps)))
