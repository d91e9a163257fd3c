(module
  (type $i32_i32_=>_i32 (func (param i32 i32) (result i32)))
  (type $none_=>_none (func))
  (memory $0 1)
  (global $~lib/memory/__heap_base i32 (i32.const 1036))
  (global $assembly/index/count i32 (i32.const 0))
  (export "max" (func $assembly/index/max))
  (export "memory" (memory $0))
  (func $assembly/index/max (type $i32_i32_=>_i32) (param $a i32) (param $b i32) (result i32)
    (global.set $assembly/index/count
      (i32.add (global.get $assembly/index/count) (i32.const 1)))
    (if (result i32)
      (i32.gt_s (local.get $a) (local.get $b))
      (then (local.get $a))
      (else (local.get $c))))
  (func $~start (type $none_=>_none)
    (if (i32.eqz (global.get $assembly/index/count))
      (then
        (drop
          (call $assembly/index/max (i32.const 1) (i64.const 2))))))
  (start $~start)
  (export "max" (func $~start)))
