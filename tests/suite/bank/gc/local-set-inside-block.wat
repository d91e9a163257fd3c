(module
  (type $list (struct (field i32)))
  (func (export "head") (param $v (ref $list)) (result i32)
    (local $l (ref $list))
    block $init
      local.get $v
      local.set $l
    end
    (struct.get $list 0 (local.get $l))))
