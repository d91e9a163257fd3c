(module
  (import "env" "risky" (func $risky))
  (tag $oops (param i32))
  (func (export "guard") (result i32)
    (block $handler (result i32)
      (try_table (catch $oops $handler)
        (call $risky))
      (i32.const 0))))
