(module
  (memory $a 1)
  (memory $b 1)
  (func (export "copy") (param $n i32)
    (memory.copy 1 2 (i32.const 0) (i32.const 0) (local.get $n))))
