(module
  (type $obj (struct (field i32)))
  (func (export "or_new") (param $o (ref null $obj)) (result (ref $obj))
    block $got (result (ref $obj))
      local.get $o
      br_on_non_null $got
      ref.null $obj
    end))
