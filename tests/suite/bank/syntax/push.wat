(module
  (func $f (result i32)
    (push 1)))
