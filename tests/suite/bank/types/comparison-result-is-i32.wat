(module
  (func (export "bigger") (param $a i64) (param $b i64) (result i64)
    (i64.gt_u (local.get $a) (local.get $b))))
