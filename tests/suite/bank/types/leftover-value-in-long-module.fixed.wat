(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32) (result i32)))
  (type (;3;) (func))
  (import "env" "__indirect_function_table" (table (;0;) 1 funcref))
  (func $malloc (type 2) (param i32) (result i32)
    (local i32)
    global.get $__stack_pointer
    local.get 0
    i32.sub
    i32.const -16
    i32.and
    local.tee 1
    global.set $__stack_pointer
    local.get 1)
  (func $free (type 1) (param i32)
    global.get $__stack_pointer
    local.get 0
    i32.add
    global.set $__stack_pointer)
  (func $list_push (type 0) (param i32 i32) (result i32)
    (local i32)
    i32.const 8
    call $malloc
    local.tee 2
    local.get 1
    i32.store
    local.get 2
    local.get 0
    i32.store offset=4
    local.get 2)
  (func $list_free (type 1) (param i32)
    (local i32)
    block  ;; label = @1
      local.get 0
      i32.eqz
      br_if 0 (;@1;)
      loop  ;; label = @2
        local.get 0
        i32.load offset=4
        local.set 1
        local.get 0
        call $free
        local.get 1
        local.tee 0
        br_if 0 (;@2;)
      end
    end)
  (func $main (type 3)
    (local i32)
    i32.const 0
    i32.const 10
    call $list_push
    i32.const 20
    call $list_push
    call $list_free)
  (memory (;0;) 2)
  (global $__stack_pointer (mut i32) (i32.const 66560))
  (export "memory" (memory 0))
  (export "_start" (func $main))
  (export "__heap" (global $__stack_pointer)))
