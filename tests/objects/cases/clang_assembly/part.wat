(module
  (import "env" "__linear_memory" (memory 1))
  (import "env" "__indirect_function_table" (table $t (@sym retain) 0 funcref))
  (import "env" "__stack_pointer" (global $sp (mut i32)))
  (import "env" "ext_fn" (func $ext_fn (param i32) (result i32)))
  (import "host" "log" (func $log (@sym (name "log_")) (param i32)))
  (@sym.import.data $ext_data (name "ext_data"))
  (global $counter (mut i32) (i32.const 0))
  (tag $oops (param i32))
  (func $weakf (@sym weak) (param i32) (result i32)
    local.get 0
    i32.const 0 (@reloc functable $weakf)
    i32.add)
  (func $use (@sym hidden) (param i32) (result i32)
    local.get 0
    i32.load offset=0 (@reloc $ext_data)
    i32.const 0 (@reloc data $ext_data +8)
    i32.add
    call $ext_fn
    i32.const 0 (@reloc data $str)
    call_indirect $t (param i32) (result i32)
    call $log
    global.get $sp
    i32.const -16
    i32.add
    global.set $counter
    i32.const 1
    throw $oops)
  (func $init (@sym local (init_prio 42)))
  (data (@sym.segment (name ".data.ptr") (align 4)) (i32.const 0)
    (@sym $ptr (name "ptr") (size 8)) "\00\00\00\00" (@reloc i32 data $str +1) "\00\00\00\00" (@reloc i32 functable $ext_fn))
  (data (@sym.segment (name ".rodata..L.str") strings) (i32.const 8)
    (@sym $str (name ".L.str") local (size 6)) "hello\00"))
