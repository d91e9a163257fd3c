(module
  (global $"" (mut i32) (i32.const 0))
  (func (export "reset")
    (global.set 0 (i32.const 0))))
