(module
  (tag $io_error (param i32))
  (func $read (throw $io_error (i32.const 2)))
  (func (export "safe") (result i32)
    (block $caught (result i32)
      (try_table (catch $io_error $caught)
        (call $read))
      (i32.const 0))))
