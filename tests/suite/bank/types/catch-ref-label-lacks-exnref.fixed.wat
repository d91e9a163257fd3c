(module
  (import "env" "read" (func $read (result i32)))
  (tag $io (param i32))
  (func (export "try_read") (result i32)
    (block $fail (result i32 exnref)
      (return
        (try_table (result i32) (catch_ref $io $fail)
          (call $read))))
    (drop)
    (i32.const -1)
    (i32.add)))
