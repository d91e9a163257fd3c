;; i31: references to 31-bit integers, which need no allocation.
;;
;; A dynamically typed language can represent small integers like this, and box
;; only the large ones. `(ref eq)` is a supertype of both.

(module
  (type $box (struct (field $value i64)))

  ;; `ref.i31` drops the highest bit of an i32; `i31.get_s` and `i31.get_u` fill
  ;; it with the sign or with zero.
  (func (export "signed") (param $value i32) (result i32)
    (i31.get_s (ref.i31 (local.get $value)))
  )

  (func (export "unsigned") (param $value i32) (result i32)
    (i31.get_u (ref.i31 (local.get $value)))
  )

  ;; Equal integers are equal references, unlike separately created structs.
  (func (export "equal") (param $left i32) (param $right i32) (result i32)
    (ref.eq
      (ref.i31 (local.get $left))
      (ref.i31 (local.get $right)))
  )

  ;; The constant 10, without a start function or an allocation.
  (global $ten i31ref (ref.i31 (i32.const 10)))

  (func (export "ten") (result i32)
    (i31.get_s (global.get $ten))
  )

  ;; An integer as a reference: an i31 if it fits, otherwise a box.
  (func $wrap (param $value i64) (result (ref eq))
    (if (result (ref eq))
      (i64.eq
        (local.get $value)
        (i64.shr_s (i64.shl (local.get $value) (i64.const 33)) (i64.const 33)))
      (then (ref.i31 (i32.wrap_i64 (local.get $value))))
      (else (struct.new $box (local.get $value))))
  )

  (func $unwrap (param $reference (ref eq)) (result i64)
    (if (result i64) (ref.test (ref i31) (local.get $reference))
      (then
        (i64.extend_i32_s
          (i31.get_s (ref.cast (ref i31) (local.get $reference)))))
      (else
        (struct.get $box $value
          (ref.cast (ref $box) (local.get $reference)))))
  )

  (func (export "is_boxed") (param $value i64) (result i32)
    (ref.test (ref $box) (call $wrap (local.get $value)))
  )

  ;; Adds two wrapped integers. The sum can need a box even if the two do not.
  (func $add (param $left (ref eq)) (param $right (ref eq)) (result (ref eq))
    (call $wrap
      (i64.add
        (call $unwrap (local.get $left))
        (call $unwrap (local.get $right))))
  )

  (func (export "add") (param $left i64) (param $right i64) (result i64)
    (call $unwrap
      (call $add
        (call $wrap (local.get $left))
        (call $wrap (local.get $right))))
  )
)
