(module
  (import "env" "work" (func $work (result i32)))
  (tag $err)
  (func (export "run") (result i32)
    (block $on_err
      (return
        (try_table (result i32) (catch $err)
          (call $work))))
    (i32.const -1)))
