(module $demo.wasm
  (type (;0;) (func (param i32 i32) (result i32)))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32 i32) (result i32)))
  (type (;3;) (func))
  (type (;4;) (func (param i32) (result i32)))
  (type (;5;) (func (param i64 i32) (result i32)))
  (import "env" "host_write" (func $host_write (;0;) (type 2)))
  (import "env" "host_abort" (func $host_abort (;1;) (type 3)))
  (func $__wasm_call_ctors (;2;) (type 3))
  (func $alloc (;3;) (type 4) (param i32) (result i32)
    (local i32 i32)
    global.get $__heap_base
    local.set 1
    local.get 1
    local.get 0
    i32.const 15
    i32.add
    i32.const -16
    i32.and
    i32.add
    local.tee 2
    memory.size
    i32.const 16
    i32.shl
    i32.gt_u
    if ;; label = @1
      i32.const 1
      memory.grow
      i32.const -1
      i32.eq
      if ;; label = @2
        call $host_abort
        unreachable
      end
    end
    local.get 2
    global.set $__heap_base
    local.get 1)
  (func $fmt_u64 (;4;) (type 5) (param i64 i32) (result i32)
    (local i64 i32)
    i32.const 39
    local.set 3
    loop ;; label = @1
      local.get 1
      local.get 3
      i32.add
      local.get 0
      local.get 0
      i64.const 10
      i64.div_u
      local.tee 2
      i64.const 10
      i64.mul
      i64.sub
      i32.wrap_i64
      i32.const 48
      i32.or
      i32.store8
      local.get 3
      i32.const 1
      i32.sub
      local.set 3
      local.get 2
      local.tee 0
      i64.const 0
      i64.ne
      br_if 0 (;@1;)
    end
    local.get 1
    local.get 3
    i32.add
    i32.const 1
    i32.add)
  (func $memchr (;5;) (type 2) (param i32 i32 i32) (result i32)
    (local i32)
    block ;; label = @1
      local.get 2
      i32.eqz
      br_if 0 (;@1;)
      loop ;; label = @2
        local.get 0
        local.get 3
        i32.add
        i32.load8_u offset=1
        local.get 1
        i32.const 255
        i32.and
        i32.eq
        if ;; label = @3
          local.get 0
          local.get 3
          i32.add
          return
        end
        local.get 3
        i32.const 1
        i32.add
        local.tee 3
        local.get 2
        i32.lt_u
        br_if 0 (;@2;)
      end
    end
    i32.const 0)
  (func $main (;6;) (type 0) (param i32 i32) (result i32)
    (local i32)
    call $__wasm_call_ctors
    i32.const 40
    call $alloc
    local.set 2
    local.get 0
    i64.extend_i32_u
    local.get 2
    call $fmt_u64
    local.tee 1
    local.get 2
    i32.const 40
    i32.add
    local.get 1
    i32.sub
    i32.const 0
    i32.const 1
    call_indirect (type 2))
  (table (;0;) 3 3 funcref)
  (memory (;0;) 17)
  (global $__stack_pointer (;0;) (mut i32) (i32.const 1048576))
  (global $__heap_base (;1;) (mut i32) (i32.const 1048608))
  (global $__data_end (;2;) i32 (i32.const 1048601))
  (export "memory" (memory 0))
  (export "main" (func $main))
  (export "__data_end" (global $__data_end))
  (elem (;0;) (i32.const 1) func $host_write $memchr)
  (data $.rodata (;0;) (i32.const 1048576) "called `Option::unwrap()`\00"))
