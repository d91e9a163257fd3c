(module
  (type $Ints (array i32))
  (func (export "zeros") (param $n i32) (result (ref $Ints))
    (local $a (ref null $Ints))
    (local.set $a (array.new $Ints (i32.const 1) (local.get $n)))
    (array.fill $Ints (local.get $a) (i32.const 0) (i32.const 0) (local.get $n))
    (ref.as_non_null (local.get $a))))
