(module
  (rec
    (type $tree (sub (struct)))
    (type $fork (sub $tree (struct (field (ref $tree)) (field (ref $tree)))))
    (type $leaf (sub $tree (struct (field i32)))))
  (type $list (struct (field (ref null $list))))
  (rec (type $object (struct (field (ref $methods)))) (type $methods (struct (field (ref $method))))
    (type $method (func (param (ref $object)))))
  (type $many (array (ref $many)))
  (func $f (export "f") (param $t (ref $fork)) (param $l (ref $list)) (param $o (ref $object)) (param $m (ref $many))
    (result i32)
    (i32.or
      (ref.eq (local.get $t) (local.get $l))
      (ref.eq (local.get $o) (local.get $m))))
  (func $leaf (export "leaf") (result (ref $leaf)) (struct.new_default $leaf))
)
