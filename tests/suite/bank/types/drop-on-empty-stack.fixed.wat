(module
  (func $noop)
  (func (export "go")
    call $noop
    ))
