(module
  (func (export "abs") (param $x i32) (result i32)
    (select
      (i32.sub (i32.const 0) (local.get $x)) ;; negated
      (local.get $x)
      (i32.lt_s (local.get $x) (i32.const 0)))))
