(module
  (import "env" "print" (func $print (param i32)))
  (func $late (@sym local (init_prio 2000)) (call $print (i32.const 3)))
  (func $early (@sym local (init_prio 100)) (call $print (i32.const 1)))
  (func $last (@sym local) (call $print (i32.const 4)))
  (start $last))
