;; Addresses are relative to globals, so that the program can be loaded anywhere.
(module
  (import "env" "__linear_memory" (memory 1))
  (import "env" "__memory_base" (global $memory_base i32))
  (import "env" "__table_base" (global $table_base i32))
  (import "env" "__indirect_function_table" (table $table 1 funcref))
  (type $unary (func (param i32) (result i32)))

  (func $letter (@sym (name "letter") local) (type $unary) (i32.load8_u (local.get 0)))

  ;; Calls `$letter` by its address with a pointer that is in the data.
  (func (export "run") (result i32)
    (call_indirect $table (type $unary)
      (i32.load (i32.add (global.get $memory_base) (i32.const 0 (@reloc data pic $pointer))))
      (i32.add (global.get $table_base) (i32.const 0 (@reloc functable pic $letter)))))

  (data (i32.const 0) (@sym $text (name "text") local) "hello\00")
  (data (@sym.segment (align 4)) (i32.const 8) (@sym $pointer (name "pointer") local)
    "\00\00\00\00" (@reloc i32 data $text +4)))
