(module
  (type $a (sub (struct)))
  (type $b (sub $a (struct (field i32))))
  (func $f (export "f") (param $x (ref $b)) (result (ref $a))
    (block $is_a (result (ref $a))
      (drop (br_on_cast $is_a (ref $a) (ref $a) (local.get $x)))
      (unreachable)))
)
