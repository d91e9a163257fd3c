(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func))
  (type (;2;) (func (result i32)))
  (type (;3;) (func (param i32)))
  (import "env" "__linear_memory" (memory (;0;) 1))
  (import "env" "__tls_base" (global $__tls_base (;0;) (mut i32)))
  (import "env" "ext" (func $ext (;0;) (type 0) (param i32) (result i32)))
  (import "host" "log" (func $host_log (;1;) (@sym (name "host_log")) (type 3) (param i32)))
  (import "host" "tick" (func $tick (;2;) (@sym (name "tick")) (type 1)))
  (import "env" "maybe" (func $maybe (;3;) (@sym weak) (type 0) (param i32) (result i32)))
  (import "env" "__indirect_function_table" (table $__indirect_function_table (;0;) (@sym retain) 2 funcref))
  (@sym.import.data $ext_data (name "ext_data"))
  (func $ex (;4;) (@sym (name "ex") hidden) (export "exported") (type 0) (param i32) (result i32)
    i32.const 0
    i32.load offset=0 (@reloc $hidden_counter)
    local.get 0
    i32.add
  )
  (func $kept (;5;) (@sym local retain) (type 0) (param i32) (result i32)
    global.get $__tls_base
    i32.const 0 (@reloc data tls $local)
    i32.add
    i32.load
    local.get 0
    i32.add
  )
  (func $start (;6;) (@sym local (init_prio 200)) (type 1)
    i32.const 0
    i32.const 2
    call $ext
    i32.store offset=0 (@reloc $hidden_counter)
  )
  (func $replaceable (;7;) (@sym weak hidden) (type 2) (result i32)
    i32.const 8
    i32.load offset=0 (@reloc $ext_data)
  )
  (func $f (;8;) (@sym hidden) (@sym $other_name (name "other_name") hidden) (type 0) (param i32) (result i32)
    (local i32)
    local.get 0
    call $host_log
    call $tick
    block ;; label = @1
      i32.const 0 (@reloc functable $maybe)
      i32.eqz
      br_if 0 (;@1;)
      local.get 0
      call $maybe
      return
    end
    local.get 0
    i32.const 2
    i32.shl
    local.tee 1
    i32.const 0 (@reloc data $tab)
    i32.add
    i32.load
    i32.const 0
    i32.load offset=0 (@reloc $pointer)
    call_indirect (type 0)
    local.get 1
    i32.const 0 (@reloc data $zeros)
    i32.add
    i32.load
    i32.add
    i32.const 0
    i32.load offset=0 (@reloc $message)
    local.get 0
    i32.add
    i32.load8_s
    i32.add
  )
  (func $call_other (;9;) (@sym hidden) (type 0) (param i32) (result i32)
    local.get 0
    call $f
    local.get 0
    i32.add
    global.get $__tls_base
    i32.const 0 (@reloc data tls $local)
    i32.add
    i32.load
    i32.add
  )
  (data (@sym.segment (name ".data.tab") (align 4)) (i32.const 0)
    (@sym $tab (name "tab") (size 12) hidden)
    "\01\00\00\00\02\00\00\00\03\00\00\00")
  (data (@sym.segment (name ".rodata..L.str") strings) (i32.const 0)
    (@sym $.L.str (name ".L.str") (size 13) local)
    "say \"hello\"\0a\00")
  (data (@sym.segment (name ".data.message") (align 4)) (i32.const 0)
    (@sym $message (name "message") (size 4) hidden)
    "\00\00\00\00" (@reloc i32 data $.L.str))
  (data (@sym.segment (name ".data.pointer") (align 4)) (i32.const 0)
    (@sym $pointer (name "pointer") (size 4) hidden)
    "\00\00\00\00" (@reloc i32 functable $ext))
  (data (@sym.segment (name ".tdata.local") (align 4) thread_local) (i32.const 0)
    (@sym $local (name "local") (size 4) hidden thread_local)
    "\04\00\00\00")
  (data (@sym.segment (name ".data.inside") (align 4)) (i32.const 0)
    (@sym $inside (name "inside") (size 4) hidden)
    "\00\00\00\00" (@reloc i32 data $tab +8))
  (data (@sym.segment (name ".data.hidden_counter") (align 4)) (i32.const 0)
    (@sym $hidden_counter (name "hidden_counter") (size 4) local)
    "\05\00\00\00")
  (data (@sym.segment (name ".bss.zeros") (align 16)) (i32.const 0)
    (@sym $zeros (name "zeros") (size 40) hidden)
    "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00"
    "\00\00\00\00\00\00\00\00\00\00\00\00\00")
  (@producers
    (processed-by "Debian clang" "22.1.8 (1~deb12u1)")
  )
  (@custom "target_features" "\09+\07atomics+\0bbulk-memory+\0fbulk-memory-opt+\16call-indirect-overlong+\0amultivalue+\0fmutable-globals+\13nontrapping-fptoint+\0freference-types+\08sign-ext")
)
