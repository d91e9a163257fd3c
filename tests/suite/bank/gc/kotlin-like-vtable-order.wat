(module
    ;; class ids and vtables
    (rec
        (type $areaFn (func (param (ref null $Shape)) (result f64)))
        (type $Shape.vtable (struct (field $area (ref null $areaFn)) (field $id i32)))
        (type $Shape (sub (struct (field $vt (ref $Shape.vtable)))))
        (type $Circle (sub $Shape (struct (field $vt (ref $Shape.vtable)) (field $r (mut f64))))))
    (import "js_code" "print" (func $print (param f64)))
    (tag $kotlin.Throwable (param anyref))
    (global $Circle.vtable (ref $Shape.vtable)
        (struct.new $Shape.vtable (ref.func $Circle.area) (i32.const 17)))
    (func $Circle.area (type $areaFn) (param $this (ref null $Shape)) (result f64)
        (local $self (ref null $Circle))
        (local.set $self (ref.cast (ref null $Circle) (local.get $this)))
        f64.const 3.141592653589793
        local.get $self
        struct.get $Circle $r
        local.get $self
        struct.get $Circle $r
        f64.mul
        f64.mul)
    (func $area (param $s (ref null $Shape)) (result f64)
        (if (ref.is_null (local.get $s))
            (then
                (throw $kotlin.Throwable (ref.i31 (i32.const 1)))))
        (call_ref $areaFn
            (local.get $s)
            (struct.get $Shape.vtable $area (struct.get $Shape $vt (local.get $s)))))
    (func $main (export "main")
        (local $c (ref null $Circle))
        (local.set $c (struct.new $Circle (f64.const 1) (global.get $Circle.vtable)))
        (struct.set $Circle $r (local.get $c) (f64.const 2.5))
        (call $print (call $area (local.get $c)))))
