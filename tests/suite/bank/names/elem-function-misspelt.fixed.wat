(module
  (table 3 funcref)
  (func $red) (func $green) (func $blue)
  (elem (i32.const 0) $red $green $blue)
  (export "table" (table 0)))
