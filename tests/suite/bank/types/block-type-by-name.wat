(module
  (type $step (func (param i32 f32) (result i32)))
  (func (export "go") (param $n i32) (result i32)
    local.get $n
    f64.const 1.5
    block $b (type $step)
      i32.trunc_sat_f32_s
      i32.add
    end))
