(module
  (func (export "max") (result i64)
    i64.const 18446744073709551616))
