(module $fact.wasm
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func))
  (type (;2;) (func (param i32 i32)))
  (import "env" "print_i32" (func $print_i32 (type 2)))
  (func $__wasm_call_ctors (type 1))
  (func $fact (type 0) (param i32) (result i32)
    (local i32)
    i32.const 1
    local.set 1
    block  ;; label = @1
      local.get 0
      i32.const 2
      i32.lt_s
      br_if 0 (;@1;)
      loop  ;; label = @2
        local.get 1
        local.get 0
        i32.mul
        local.set 1
        local.get 0
        i32.const -1
        i32.add
        local.tee 0
        i32.const 1
        i32.gt_s
        br_if 0 (;@2;)
      end
    end
    local.get 1)
  (func $main (type 1)
    i32.const 10
    call $fact
    i32.const 0
    call $print_i32)
  (func $never (type 1)
    global.get $__stack_pointer
    drop)
  (memory (;0;) 2)
  (global $__stack_pointer (mut i32) (i32.const 66576))
  (export "memory" (memory 0))
  (export "fact" (func $fact))
  (export "main" (func $main))
  (export "never" (func $never))
  (export "__wasm_call_ctors" (func $__wasm_call_ctors)))
