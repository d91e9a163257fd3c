(module
  (global $rate f64 (f64.const 1.5))
  (func (export "rate") (result f64)
    (; le taux de référence été ;) (global.get $rate)))
