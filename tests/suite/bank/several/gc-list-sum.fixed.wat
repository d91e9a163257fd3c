(module
  (type $list (struct (field $head i32) (field $tail (ref null $list))))
  (func $sum (param $l (ref null $list)) (result i32)
    (if (result i32) (ref.is_null (local.get $l))
      (then (i32.const 0))
      (else (i32.add
        (struct.get $list $head (local.get $l))
        (call $sum (struct.get $list $tail (local.get $l))))))))
