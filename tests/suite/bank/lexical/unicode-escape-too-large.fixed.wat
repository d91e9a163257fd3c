(module
  (memory 1)
  (func (export "len") (result i32) i32.const 4)
  (data (i32.const 32) "smile \u{1F600}"))
