(module
  (import "env" "__linear_memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (type $visitor (func (param i32)))
  ;; extern "C" fn visit(visitor: extern "C" fn(i32)): calls it with 1, 2 and 3.
  (func (export "visit") (param $visitor i32)
    (call_indirect (type $visitor) (i32.const 1) (local.get $visitor))
    (call_indirect (type $visitor) (i32.const 2) (local.get $visitor))
    (call_indirect (type $visitor) (i32.const 3) (local.get $visitor)))
  (data (@sym.segment (name ".rodata.WEIGHTS") (align 4)) (i32.const 0)
    (@sym $weights (name "WEIGHTS") (size 8)) "\0a\00\00\00" "\14\00\00\00"))
