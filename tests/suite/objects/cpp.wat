(module
  (type (;0;) (func (param i32 i32 i32) (result i32)))
  (type (;1;) (func (param i32 i32) (result i32)))
  (type (;2;) (func (param i32) (result i32)))
  (type (;3;) (func (param i32)))
  (type (;4;) (func))
  (type (;5;) (func (param i32 i32 i32)))
  (type (;6;) (func (result i32)))
  (type (;7;) (func (param i32 i32)))
  (import "env" "__linear_memory" (memory (;0;) 1))
  (import "env" "__stack_pointer" (global $__stack_pointer (;0;) (mut i32)))
  (import "env" "__indirect_function_table" (table $__indirect_function_table (;0;) (@sym retain) 3 funcref))
  (import "env" "__cpp_exception" (tag $__cpp_exception (;0;) (type 3) (param i32)))
  (import "env" "_Unwind_CallPersonality" (func $_Unwind_CallPersonality (;0;) (type 2) (param i32) (result i32)))
  (import "env" "__cxa_begin_catch" (func $__cxa_begin_catch (;1;) (type 2) (param i32) (result i32)))
  (import "env" "__cxa_end_catch" (func $__cxa_end_catch (;2;) (type 4)))
  (import "env" "__cxa_allocate_exception" (func $__cxa_allocate_exception (;3;) (type 2) (param i32) (result i32)))
  (import "env" "__cxa_throw" (func $__cxa_throw (;4;) (type 5) (param i32 i32 i32)))
  (import "env" "_ZdlPvm" (func $_ZdlPvm (;5;) (type 7) (param i32 i32)))
  (@comdat $_ZN5ShapeD2Ev "_ZN5ShapeD2Ev")
  (@comdat $_ZN5StackIiE3popEi "_ZN5StackIiE3popEi")
  (@comdat $_ZN5StackIiE4madeE "_ZN5StackIiE4madeE")
  (@comdat $_ZN6SquareD0Ev "_ZN6SquareD0Ev")
  (@comdat $_ZNK6Square4areaEv "_ZNK6Square4areaEv")
  (@comdat $_ZTI6Square "_ZTI6Square")
  (@comdat $_ZTS6Square "_ZTS6Square")
  (@comdat $_ZTV6Square "_ZTV6Square")
  (@comdat $_ZZ8greetingvE4text "_ZZ8greetingvE4text")
  (@sym.import.data $__wasm_lpad_context (name "__wasm_lpad_context"))
  (@sym.import.data $_ZTIi (name "_ZTIi"))
  (@sym.import.data $_ZTVN10__cxxabiv120__si_class_type_infoE (name "_ZTVN10__cxxabiv120__si_class_type_infoE"))
  (@sym.import.data $_ZTI5Shape (name "_ZTI5Shape"))
  (func $_Z3useR5StackIiERK5Shapei (;6;) (@sym hidden) (type 0) (param i32 i32 i32) (result i32)
    (local i32)
    global.get $__stack_pointer
    local.set 3
    block ;; label = @1
      try ;; label = @2
        local.get 0
        local.get 2
        call $_ZN5StackIiE3popEi
        local.set 0
        local.get 1
        local.get 1
        i32.load
        i32.load
        call_indirect (type 2)
        local.set 1
      catch $__cpp_exception
        local.set 2
        local.get 3
        global.set $__stack_pointer
        i32.const 4
        i32.const 0 (@reloc data $GCC_except_table0)
        i32.store offset=0 (@reloc $__wasm_lpad_context)
        i32.const 0
        i32.const 0
        i32.store offset=0 (@reloc $__wasm_lpad_context)
        local.get 2
        call $_Unwind_CallPersonality
        drop
        block ;; label = @3
          i32.const 8
          i32.load offset=0 (@reloc $__wasm_lpad_context)
          i32.const 1
          i32.ne
          br_if 0 (;@3;)
          local.get 2
          call $__cxa_begin_catch
          i32.load
          local.set 2
          call $__cxa_end_catch
          local.get 2
          local.set 2
          br 2 (;@1;)
        end
        rethrow 0 (;@2;)
      end
      local.get 1
      local.get 0
      i32.add
      i32.const 0
      i32.load offset=0 (@reloc $_ZN5StackIiE4madeE)
      i32.add
      local.get 2
      i32.const 0 (@reloc data $_ZZ8greetingvE4text)
      i32.add
      i32.load8_s
      i32.add
      local.set 2
    end
    local.get 2
  )
  (func $_ZN5StackIiE3popEi (;7;) (@sym weak hidden (comdat $_ZN5StackIiE3popEi)) (type 1) (param i32 i32) (result i32)
    block ;; label = @1
      local.get 1
      i32.const -1
      i32.gt_s
      br_if 0 (;@1;)
      i32.const 4
      call $__cxa_allocate_exception
      local.tee 0
      local.get 1
      i32.store
      local.get 0
      i32.const 0 (@reloc data $_ZTIi)
      i32.const 0
      call $__cxa_throw
      unreachable
    end
    local.get 0
    local.get 1
    i32.const 2
    i32.shl
    i32.add
    i32.load
  )
  (func $_Z4makev (;8;) (@sym hidden) (type 6) (result i32)
    block ;; label = @1
      i32.const 0
      i32.load8_u offset=0 (@reloc $_ZGVZ4makevE6square)
      br_if 0 (;@1;)
      i32.const 0
      i32.const 1
      i32.store8 offset=0 (@reloc $_ZGVZ4makevE6square)
    end
    i32.const 0 (@reloc data $_ZZ4makevE6square)
  )
  (func $_ZN5ShapeD2Ev (;9;) (@sym weak hidden (comdat $_ZN5ShapeD2Ev)) (type 2) (param i32) (result i32)
    local.get 0
  )
  (func $_ZNK6Square4areaEv (;10;) (@sym weak hidden (comdat $_ZNK6Square4areaEv)) (type 2) (param i32) (result i32)
    local.get 0
    i32.load offset=4
    local.tee 0
    local.get 0
    i32.mul
  )
  (func $_ZN6SquareD0Ev (;11;) (@sym weak hidden (comdat $_ZN6SquareD0Ev)) (type 3) (param i32)
    local.get 0
    i32.const 8
    call $_ZdlPvm
  )
  (data (@sym.segment (name ".rodata.gcc_except_table") (align 4)) (i32.const 0)
    (@sym $GCC_except_table0 (name "GCC_except_table0") (size 16) local)
    "\ff\00\0d\01\02\00\01\01\00\00\00\00"
    "\00\00\00\00" (@reloc i32 data $_ZTIi))
  (data (@sym.segment (name ".data._ZN5StackIiE4madeE") (align 4) (comdat $_ZN5StackIiE4madeE)) (i32.const 0)
    (@sym $_ZN5StackIiE4madeE (name "_ZN5StackIiE4madeE") (size 4) weak hidden)
    "\07\00\00\00")
  (data (@sym.segment (name ".data._ZZ4makevE6square") (align 4)) (i32.const 0)
    (@sym $_ZZ4makevE6square (name "_ZZ4makevE6square") (size 8) local)
    "\00\00\00\00" (@reloc i32 data $_ZTV6Square +8)
    "\03\00\00\00")
  (data (@sym.segment (name ".rodata._ZTV6Square") (align 4) (comdat $_ZTV6Square)) (i32.const 0)
    (@sym $_ZTV6Square (name "_ZTV6Square") (size 20) weak hidden)
    "\00\00\00\00"
    "\00\00\00\00" (@reloc i32 data $_ZTI6Square)
    "\00\00\00\00" (@reloc i32 functable $_ZNK6Square4areaEv)
    "\00\00\00\00" (@reloc i32 functable $_ZN5ShapeD2Ev)
    "\00\00\00\00" (@reloc i32 functable $_ZN6SquareD0Ev))
  (data (@sym.segment (name ".bss._ZGVZ4makevE6square")) (i32.const 0)
    (@sym $_ZGVZ4makevE6square (name "_ZGVZ4makevE6square") (size 1) local)
    "\00")
  (data (@sym.segment (name ".rodata._ZTI6Square") (align 4) (comdat $_ZTI6Square)) (i32.const 0)
    (@sym $_ZTI6Square (name "_ZTI6Square") (size 12) weak hidden)
    "\00\00\00\00" (@reloc i32 data $_ZTVN10__cxxabiv120__si_class_type_infoE +8)
    "\00\00\00\00" (@reloc i32 data $_ZTS6Square)
    "\00\00\00\00" (@reloc i32 data $_ZTI5Shape))
  (data (@sym.segment (name ".rodata._ZTS6Square") (comdat $_ZTS6Square)) (i32.const 0)
    (@sym $_ZTS6Square (name "_ZTS6Square") (size 8) weak hidden)
    "6Square\00")
  (data (@sym.segment (name ".rodata._ZZ8greetingvE4text") (comdat $_ZZ8greetingvE4text)) (i32.const 0)
    (@sym $_ZZ8greetingvE4text (name "_ZZ8greetingvE4text") (size 6) weak hidden)
    "hello\00")
  (@producers
    (processed-by "Debian clang" "22.1.8 (1~deb12u1)")
  )
  (@custom "target_features" "\0a+\0bbulk-memory+\0fbulk-memory-opt+\16call-indirect-overlong+\12exception-handling+\0amultivalue+\0fmutable-globals+\13nontrapping-fptoint+\0freference-types+\08sign-ext-\0ashared-mem")
)
