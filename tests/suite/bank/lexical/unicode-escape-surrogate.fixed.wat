(module
  (import "js" "\u{1F600}" (func $smile))
  (func (export "run")
    call $smile))
