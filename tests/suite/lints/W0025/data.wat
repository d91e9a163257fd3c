(module
  (memory $memory 1)
  (data $memory (i32.const 0) "text")
  (func $f (export "f") (result i32)
    (i32.load (i32.const 0)))
)
