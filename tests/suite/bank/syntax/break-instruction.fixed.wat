(module
  (func (export "wait") (param $n i32)
    (block $out
      (loop $again
        (if (i32.eqz (local.get $n)) (then (br $out)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $again)))))
