(module
  (type $get (func (result f32)))
  (func (export "tail") (param $g (ref $get)) (result i32)
    local.get $g
    return_call_ref $get))
