(module
  (tag $oops (param i64))
  (func $may (throw $oops (i64.const 3)))
  (func $f (result i64)
    (block $t (result i64)
    (try_table (result i64) (catch $oops $t)
      (call $may)
      (i64.const 1)))))
