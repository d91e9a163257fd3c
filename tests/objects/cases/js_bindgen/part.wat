(module (@rwat)
  (import "host" "log" (func $test.import.log (@sym (name "test.import.log")) (param i32)))
  (import "env" "handles" (table $handles (@sym (name "handles")) 0 externref))
  (import "host" "make" (func $make (@sym (name "test.make")) (param i32) (result externref)))
  (import "host" "value" (func $value (@sym (name "test.value")) (param externref) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (import "env" "__indirect_function_table" (table $functions (@sym) 0 funcref))
  (func $wide (@sym (name "test.wide")) (@comdat "test.wide") (param $to i32) (param $low i32) (param $high i32)
    local.get $to
    local.get $low
    i32.store
    local.get $to
    local.get $high
    i32.store offset=4
  )
  (func $keep (@sym (name "keep")) (param i32) (result i32)
    i32.const 0
    local.get 0
    call $make (@reloc)
    table.set $handles (@reloc)
    i32.const 0
    table.get $handles (@reloc)
    call $value (@reloc)
  )
  (func $apply (@sym) (param $f i32) (result i32)
    i32.const 3
    call $test.import.log (@reloc)
    i32.const 20
    i32.const 1
    local.get $f
    call_indirect $functions (type $binary) (@reloc)
  )
)
