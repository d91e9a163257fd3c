(module
 (type $none_none (func))
 (type $i32_to_i32 (func (param i32) (result i32)))
 (type $i32_i32_to_i32 (func (param i32 i32) (result i32)))
 (import "env" "abort" (func $~lib/builtins/abort (param i32 i32 i32 i32)))
 (global $~lib/memory/__heap_base i32 (i32.const 1052))
 (global $~lib/rt/stub/offset (mut i32) (i32.const 0))
 (memory $0 1)
 (table $0 1 1 funcref)
 (elem $0 (i32.const 1) func)
 (export "__new" (func $~lib/rt/stub/__new))
 (export "memory" (memory $0))
 (start $~start)
 (func $~lib/rt/stub/__new (param $size i32) (param $id i32) (result i32)
  (local $ptr i32)
  local.get $size
  i32.const 1073741804
  i32.gt_u
  if
   i32.const 1056
   i32.const 1120
   i32.const 86
   i32.const 30
   call $~lib/builtins/abort
   unreachable
  end
  global.get $~lib/rt/stub/offset
  local.tee $ptr
  local.get $size
  i32.const 16
  i32.add
  i32.const 15
  i32.add
  i32.const -16
  i32.and
  i32.add
  global.set $~lib/rt/stub/offset
  local.get $ptr
  local.get $id
  i32.store offset=8
  local.get $ptr
 )
 (func $~start
  global.get $~lib/memory/__heap_base
  global.set $~lib/rt/stub/offset
 )
)
