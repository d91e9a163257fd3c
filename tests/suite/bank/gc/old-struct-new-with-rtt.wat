(module
  (type $point (struct (field i32) (field i32)))
  (func (export "make") (param $x i32) (param $y i32) (result (ref $point))
    local.get $x
    local.get $y
    struct.new_with_rtt $point))
