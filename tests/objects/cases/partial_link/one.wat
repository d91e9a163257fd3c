(module
  (import "env" "__linear_memory" (memory 0))
  (import "env" "two" (func $two (param i32) (result i32)))
  (func $one (param i32) (result i32) (i32.add (call $two (local.get 0)) (i32.load offset=4 (@reloc $numbers) (i32.const 0))))
  (data (@sym.segment (name ".data.numbers") (align 4)) (i32.const 0)
    (@sym $numbers local) "\01\00\00\00" "\0a\00\00\00" "\00\00\00\00" (@reloc i32 data $numbers +4)))
