(module
  (import "env" "__stack_pointer" (global $stack (mut i32)))
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (import "env" "puts" (func $puts (@sym) (param i32) (result i32)))
  (import "env" "maybe" (func $maybe (@sym weak hidden) (param) (result)))
  (@sym.import.data $counter weak hidden (name "counter"))
  (func $part_main (@sym (name "__main_void")) 
    (param $local_3 i32)
    (result i32)
    ;; hard
    (local $return i32)
    (local $control i32)
    (local $frame i32)
    ;; locals
    (local $local_0 i32)
    (local.set $control (i32.const 0))
    (loop $control (result i32)
      (block $1
        (block $0
        (br_table $0 $1 (local.get $control))
        ) ;; $0
        (global.set $stack (i32.sub (global.get $stack) (i32.const 16)))
        (local.set $frame (global.get $stack))
        (i32.store offset=4 (local.get $frame) (i32.load (i32.const 0 (@reloc data $counter))))
        (local.set $local_0 (call_indirect (param i32) (result i32) (i32.const 0 (@reloc data $.LC0 +1)) (i32.load (i32.const 0 (@reloc data $fp.1)))))
        (local.set $control (i32.const 1))
        (br $control)
      ) ;; $1
      (i32.add (call $puts (i32.const 0 (@reloc data $.LC0))) (i32.add (local.get $local_0) (i32.load offset=4 (global.get $stack))))
      (global.set $stack (i32.add (global.get $stack) (i32.const 16)))
      (return)
    ) ;; loop $control
  ) ;;part_main
  (func $_GLOBAL__sub_I (@sym (init_prio 65535) local (name "_GLOBAL__sub_I")) 
    (result)
    (i32.store (i32.const 0 (@reloc data $z)) (i32.const 7))
  ) ;;x
  (data (@sym (align 1024)) (i32.const 0) (@sym $.LC0 local (name ".LC0") (size 6)) "hello" "\00")
  (data (@sym (align 4)) (i32.const 0) (@sym $fp.1 local (name "fp.1") (size 4)) "\00\00\00\00" (@reloc i32 functable $puts))
  (data (@sym (align 4)) (i32.const 0) (@sym $pp (name "pp") (size 8)) "\00\00\00\00" (@reloc i32 data $.LC0 +2) "\05\00\00\00")
  (data (@sym (align 4)) (i32.const 0) (@sym $z (name "z") (size 4)) "\00\00\00\00")
)
