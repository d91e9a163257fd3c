(module
  (import "env" "risky" (func $risky))
  (tag $oops (param i32))
  (func (export "guard") (result i64)
    (block $handler (result i64)
      (try_table (catch $oops $handler)
        (call $risky))
      (i64.const 0))))
