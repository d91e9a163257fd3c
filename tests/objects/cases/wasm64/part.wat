(module
  (import "env" "__linear_memory" (memory i64 0))
  (import "env" "callback" (func $callback (param i64) (result i64)))
  (@sym.import.data $numbers (name "numbers"))
  (func $sum (result i64)
    (i64.add (i64.load (i64.const 0 (@reloc data $numbers +8))) (i64.load offset=0 (@reloc $own) (i64.const 0))))
  (data (@sym.segment (name ".data.own") (align 8)) (i64.const 0)
    (@sym $own (name "own") (size 16)) "\05\00\00\00\00\00\00\00" "\00\00\00\00\00\00\00\00" (@reloc i64 functable $callback)))
