;; Assembled by the build script of the crate. Change `i32.const` to `i32.cosnt` and build again to see an error.
(module
  (func (export "answer") (result i32)
    i32.const 42))
