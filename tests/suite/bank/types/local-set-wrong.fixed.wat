(module
  (func (export "average") (param $sum i32) (param $count i32) (result f64)
    (local $mean f64)
    (local.set $mean
      (f64.convert_i32_s (i32.div_s (local.get $sum) (local.get $count))))
    (local.get $mean)))
