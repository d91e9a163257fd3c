(module
  (import "env" "print" (func $print (param i32)))
  (import "env" "now" (func $now (result f64)))
  (func (export "time")
    (call $print
      (i32.add
        (i32.trunc_f64_s (call $now))
        (i32.const 1))))
  (func (export "twice") (param $n i32)
    (call $print (local.get $n))))
