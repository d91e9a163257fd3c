(module
  (type (;0;) (func (param i32) (result i32)))
  (func (;0;) (type 0) (param i32) (result i32)
    (local i32)
    local.get 1
    drop
    i32.const 0
    if  ;; label = @1
      i32.const 1
      return
      i32.const 32
      drop
    end
    local.get 0
    i32.const 32
    i32.shl
    return
    i32.const 0)
  (func (;1;))
  (export "f" (func 0)))
