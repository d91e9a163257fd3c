(module
  (type $Obj (sub (struct)))
  (type $Arr (array (mut (ref null $Obj))))
  (func $newList (export "newList") (param $cap i32) (result (ref $Arr))
    (array.new_default $Arr (local.get $cap)))
  (func (export "get") (param $l (ref $Arr)) (param $i i32) (result (ref null $Obj))
    (array.get $Arr (local.get $l) (local.get $i))))
