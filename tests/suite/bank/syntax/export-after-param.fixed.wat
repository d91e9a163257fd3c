(module
  (func $f (export "f") (param i32)))
