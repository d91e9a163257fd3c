(module
  (import "env" "f" (func $f))
  (tag $timeout (param i32))
  (func (export "try") (result i32)
    (block $h (result i32)
      (try_table (catch $timeuot $h) (call $f))
      (i32.const 0))))
