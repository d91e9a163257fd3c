(module
  (type (;0;) (func (param i64) (result i64)))
  (import "env" "__linear_memory" (memory (;0;) i64 1))
  (import "env" "__indirect_function_table" (table $__indirect_function_table (;0;) (@sym retain) i64 1 funcref))
  (import "env" "ext" (func $ext (;0;) (type 0) (param i64) (result i64)))
  (func $f (;1;) (@sym hidden) (type 0) (param i64) (result i64)
    local.get 0
    i64.const 3
    i64.shl
    i64.const 0 (@reloc data $table)
    i64.add
    i64.load
    i64.const 0
    i64.load offset=0 (@reloc $pointer)
    call_indirect (type 0)
    i64.const 0
    i64.load offset=0 (@reloc $second)
    i64.load
    i64.add
    i64.const 0
    i64.load offset=0 (@reloc $table +16)
    i64.add
  )
  (data (@sym.segment (name ".data.table") (align 16)) (i64.const 0)
    (@sym $table (name "table") (size 24) hidden)
    "\01\00\00\00\00\00\00\00\02\00\00\00\00\00\00\00\03\00\00\00\00\00\00\00")
  (data (@sym.segment (name ".data.second") (align 8)) (i64.const 0)
    (@sym $second (name "second") (size 8) hidden)
    "\00\00\00\00\00\00\00\00" (@reloc i64 data $table +8))
  (data (@sym.segment (name ".data.pointer") (align 8)) (i64.const 0)
    (@sym $pointer (name "pointer") (size 8) hidden)
    "\00\00\00\00\00\00\00\00" (@reloc i64 functable $ext))
  (@producers
    (processed-by "Debian clang" "22.1.8 (1~deb12u1)")
  )
  (@custom "target_features" "\09+\0bbulk-memory+\0fbulk-memory-opt+\16call-indirect-overlong+\0amultivalue+\0fmutable-globals+\13nontrapping-fptoint+\0freference-types+\08sign-ext+\08memory64")
)
