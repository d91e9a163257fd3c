(module
  (func (export "same") (param $a anyref) (param $b anyref) (result i32)
    (ref.eq (local.get $a) (local.get $b))))
