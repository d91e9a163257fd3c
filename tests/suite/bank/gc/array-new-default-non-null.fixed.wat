(module
  (type $leaf (struct (field i32)))
  (type $leaves (array (mut (ref null $leaf))))
  (func (export "make") (param $n i32) (result (ref $leaves))
    local.get $n
    array.new_default $leaves))
