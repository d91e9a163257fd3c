(module
  (rec
    (type $Any.vtable (sub (struct (field $toString (ref null $fn)))))
    (type $Any (sub (struct (field $vt (ref $Any.vtable)) (field $hash (mut i32)))))
    (type $fn (func (param (ref $Any)) (result (ref null array)))))
  (type $Wchars (array (mut i16)))
  (type $String (sub $Any (struct
    (field $vt (ref $Any.vtable)) (field $hash (mut i32)) (field $chars (ref $Wchars)) (field $len (mut i32)))))
  (elem declare func $String.toString)
  (func $String.toString (type $fn) (param $this (ref $Any)) (result (ref null array))
    (struct.get $String $chars (ref.cast (ref $String) (local.get $this))))
  (func $String.charAt (export "charAt") (param $s (ref $String)) (param $i i32) (result i32)
    (array.get_u $Wchars (struct.get $String $chars (local.get $s)) (local.get $i)))
  (func $String.truncate (export "truncate") (param $s (ref $String)) (param $n i32)
    (struct.set $String $len (local.get $s) (local.get $n)))
  (func $String.new (export "new") (param $n i32) (result (ref $String))
    (struct.new $String
      (struct.new $Any.vtable (ref.func $String.toString))
      (i32.const 0)
      (array.new_default $Wchars (local.get $n))
      (local.get $n)))
  (func $same (export "same") (param $a (ref null $Any)) (param $b (ref null $String)) (result i32)
    (ref.eq (local.get $a) (local.get $b))))
