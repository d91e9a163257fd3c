(module
  (import "env" "__linear_memory" (memory 0))
  (func $two (param i32) (result i32)
    (i32.load (i32.add (local.get 0) (i32.load (i32.const 4 (@reloc data $numbers))))))
  (data (@sym.segment (name ".data.numbers") (align 4)) (i32.const 0)
    (@sym $numbers local) "\64\00\00\00" "\00\00\00\00" (@reloc i32 data $numbers)))
