(module
  (type $methods (array externref))
  (elem $all func $m1 $m2)
  (func $m1)
  (func $m2)
  (func (export "vtable") (result (ref $methods))
    (i32.const 0)
    (i32.const 2)
    (array.new_elem $methods $all)))
