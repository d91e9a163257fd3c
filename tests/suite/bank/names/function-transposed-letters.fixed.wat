(module
  (import "env" "print" (func $print_number (param i32)))
  (func $main
    i32.const 12
    call $print_number
    i32.const 13
    call $print_number)
  (start $main))
