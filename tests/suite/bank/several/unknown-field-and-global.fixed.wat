(module
  (type $state (struct (field $pc (mut i32)) (field $sp (mut i32))))
  (global $machine (mut (ref null $state)) (ref.null $state))
  (func (export "step")
    (struct.set $state $pc (global.get $machine)
      (i32.add
        (struct.get $state $pc (global.get $machine))
        (i32.const 1))))
  (func (export "push") (param $v i64)
    (struct.set $state $sp (global.get $machine) (i32.wrap_i64 (local.get $v)))))
