(module
  (memory 1)
  (global $path i32 (i32.const 64))
  (data (i32.const 64) "C:\\projects\\demo")
  (func (export "path") (result i32) (global.get $path)))
