(module
  (func (export "mode") (result i32)
    i32.const 0o755))
