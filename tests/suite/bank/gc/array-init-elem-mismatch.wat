(module
  (type $names (array (mut externref)))
  (elem $fs func $f $f)
  (func $f)
  (func (export "init") (param $n (ref $names))
    (array.init_elem $names $fs
      (local.get $n) (i32.const 0) (i32.const 0) (i32.const 2))))
