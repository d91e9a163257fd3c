(module
  (rec
    (type $Point (struct (field f64 f64)))
    (type $PointList (array (ref null $Point))))
  (type $Vec2 (struct (field f64 f64)))
  (func $len (param $p (ref $Point)) (result f64)
    (f64.sqrt (f64.add
      (f64.mul (struct.get $Point 0 (local.get $p)) (struct.get $Point 0 (local.get $p)))
      (f64.mul (struct.get $Point 1 (local.get $p)) (struct.get $Point 1 (local.get $p))))))
  (func (export "unit") (result f64)
    (call $len (struct.new $Point (f64.const 1) (f64.const 0))))
  (func (export "vec") (result (ref $Vec2)) (struct.new_default $Vec2)))
