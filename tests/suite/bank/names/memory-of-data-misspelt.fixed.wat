(module
  (memory $strings 1)
  (data (memory $strings) (i32.const 0) "abc")
  (func (export "size") (result i32) (memory.size)))
