(module
  (memory $buffer 1)
  (func $fill
    (i32.store (i32.const 0) (i32.const -1)))
  (export "buffer" (func $buffer))
  (export "fill" (func $fill)))
