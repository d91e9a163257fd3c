(module
  (import "env" "__linear_memory" (memory 0))
  (import "env" "missing" (func $missing))
  (func $used (result i32) (i32.load8_u (i32.const 0 (@reloc data $kept))))
  (func $unused (call $missing))
  (func $retained (@sym local retain) (@sym $entry (name "entry")) (nop))
  (data (@sym.segment (name ".rodata.kept")) (i32.const 0) (@sym $kept local) "kept text")
  (data (@sym.segment (name ".rodata.dropped")) (i32.const 9) (@sym $dropped local) "dropped text")
  (data (@sym.segment (name ".rodata.retained") retain) (i32.const 21) (@sym $retained local) "retained text"))
