(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func))
  (type (;2;) (func (param i32) (result i32)))
  (import "env" "__linear_memory" (memory (;0;) 1))
  (import "env" "puts" (func (;0;) (type 2)))
  (import "env" "exit" (func (;1;) (type 0)))
  (func (;2;) (type 2) (param i32) (result i32)
    local.get 0
    call 0
    i32.const 0
    i32.lt_s
    if  ;; label = @1
      i32.const 1
      call 1
    end
    i32.const 0)
  (func (;3;) (type 1)
    i32.const 1024
    call 2
    drop)
  (export "_start" (func 3)))
