(module
  (memory 1)
  (data (i32.const 0) "\2a\00\00\00")
  (global $answer i32 (i32.const 42))
  (export "answer" (global $answer)))
