(module
  (memory 1)
  (func (export "copy16") (param $d i32) (param $s i32)
    (v128.store align=16
      (local.get $d)
      (v128.load align=16 (local.get $s)))))
