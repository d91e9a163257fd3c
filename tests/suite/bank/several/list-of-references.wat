(module
  (type $list (sub (struct (field $head anyref) (field $tail (ref null $list)))))
  (func $cons (param $h anyref) (param $t (ref null $list)) (result (ref $list))
    (struct.new $list (local.get $t) (local.get $h)))
  (func $len (param $l (ref null $list)) (result i32)
    (local $n i32)
    (loop $next
      (if (i32.eqz (ref.is_null (local.get $l)))
        (then
          (local.set $n (i32.add (local.get $n) (i32.const 1)))
          (local.set $l (struct.get $list $next (local.get $l)))
          (br $next))))
    (local.get $n))
  (func $nth (param $l (ref $list)) (result i31ref)
    (struct.get $list $head (local.get $l))))
