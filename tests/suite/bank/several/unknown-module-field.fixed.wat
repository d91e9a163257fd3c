(module
  (export "f" (func $f))
  (func $f))
