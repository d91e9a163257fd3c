(module
  (memory 1)
  (data (i32.const 0) "arrow: \u{2192} here")
  (func (export "len") (result i32) (i32.const 15)))
