(module
  (global $version (export "version") i32 (i32.const 3))
  (func (export "get") (result i32)
    global.get $version))
