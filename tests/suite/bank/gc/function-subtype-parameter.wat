(module
  (type $Obj (sub (struct)))
  (type $Str (sub $Obj (struct (field externref))))
  (type $show (sub (func (param (ref $Obj)) (result externref))))
  (type $showStr (sub $show (func (param (ref $Str)) (result (ref extern)))))
  (func $f (type $showStr) (unreachable))
  (elem declare func $f)
  (func (export "run") (param $o (ref $Obj)) (result externref)
    (call_ref $show (local.get $o) (ref.func $f))))
