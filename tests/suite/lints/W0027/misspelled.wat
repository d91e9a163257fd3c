(module
  (@allow W014)
  (@allow unusd W0012)
  (func $f (export "f") (result i32)
    (return (i32.const 1))
    (drop (i32.const 2)))
)
