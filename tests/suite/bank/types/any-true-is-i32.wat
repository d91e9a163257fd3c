(module
  (func (export "mask") (param $a v128) (param $b v128) (result v128)
    (v128.and
      (local.get $a)
      (v128.any_true (local.get $b)))))
