(module
  (import "js" "f" (func $f (result i32)))
  (tag $e (param i32))
  (func (export "guarded") (result i32)
    (try_table $t (result i32) (catch $e $t)
      (call $f))))
