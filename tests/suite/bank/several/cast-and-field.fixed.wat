(module
  (type $base (sub (struct (field $tag i32))))
  (type $leaf (sub $base (struct (field $tag i32) (field $value i64))))
  (func (export "value") (param $b (ref $base)) (result i64)
    (struct.get $leaf $value
      (ref.cast (ref $leaf) (local.get $b))))
  (func (export "tag") (param $l (ref $leaf)) (result i32)
    (struct.get $base $tag (local.get $l)))
  (func (export "new") (result (ref $leaf))
    (struct.new $leaf (i32.const 1) (i64.const 2))))
