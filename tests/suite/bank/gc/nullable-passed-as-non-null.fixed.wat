(module
  (type $Node (struct (field $val i32) (field $next (mut (ref null $Node)))))
  (func $last (param $n (ref $Node)) (result (ref $Node))
    (block $end
      (return (call $last
        (br_on_null $end (struct.get $Node $next (local.get $n))))))
    (local.get $n))
  (func (export "append") (param $head (ref $Node)) (param $v i32)
    (struct.set $Node $next
      (call $last (local.get $head))
      (struct.new $Node (local.get $v) (ref.null $Node))))
  (func (export "second_last") (param $head (ref $Node)) (result (ref $Node))
    (call $last (ref.as_non_null (struct.get $Node $next (local.get $head))))))
