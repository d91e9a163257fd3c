(module
  (import "env" "tick" (func $tick))
  (func (export "twice")
    call $tick
    call $tick)
)
