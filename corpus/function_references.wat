;; Typed function references: calls without a table and without a type check
;; and, if the type is not nullable, without a null check.

(module
  (type $unary (func (param i32) (result i32)))

  (func $identity (type $unary)
    (local.get 0)
  )

  (func $double (type $unary)
    (i32.mul (local.get 0) (i32.const 2))
  )

  (func $square (type $unary)
    (i32.mul (local.get 0) (local.get 0))
  )

  (func $negate (type $unary)
    (i32.sub (i32.const 0) (local.get 0))
  )

  ;; A table with one function type. Its last element is null.
  (table $operations 4 (ref null $unary))
  (elem (table $operations) (offset i32.const 0) (ref null $unary)
    (ref.func $identity)
    (ref.func $double)
    (ref.func $square))

  ;; A table of a non-nullable type needs an initial value for its elements.
  (table $handlers 3 (ref $unary) (ref.func $identity))
  (elem (table $handlers) (offset i32.const 1) (ref $unary)
    (ref.func $double))

  ;; `ref.func` can name a function only if it also occurs outside of function
  ;; bodies: in an export, a table, a global, or a declaration like this one.
  (elem declare func $negate)

  ;; `call_ref` takes the function from the top of the operand stack.
  (func $twice (param $f (ref $unary)) (param $x i32) (result i32)
    (call_ref $unary
      (call_ref $unary (local.get $x) (local.get $f))
      (local.get $f))
  )

  (func (export "fourfold") (param $x i32) (result i32)
    (call $twice (ref.func $double) (local.get $x))
  )

  ;; A null traps here.
  (func (export "call") (param $index i32) (param $x i32) (result i32)
    (call_ref $unary
      (local.get $x)
      (table.get $operations (local.get $index)))
  )

  ;; `br_on_null` branches on null; after it, the reference is not nullable.
  (func (export "call_or")
    (param $index i32) (param $x i32) (param $otherwise i32) (result i32)
    (block $null
      (return
        (call_ref $unary
          (local.get $x)
          (br_on_null $null (table.get $operations (local.get $index))))))
    (local.get $otherwise)
  )

  ;; `br_on_non_null` branches with the reference if it is not null.
  (func (export "call_or_negate") (param $index i32) (param $x i32) (result i32)
    (call_ref $unary
      (local.get $x)
      (block $found (result (ref $unary))
        (br_on_non_null $found (table.get $operations (local.get $index)))
        (ref.func $negate)))
  )

  ;; A local of a non-nullable type has no default value: it must be set before
  ;; it is read. `ref.as_non_null` traps on null, once, before the loop; the
  ;; loop needs no checks.
  (func (export "repeat")
    (param $index i32) (param $x i32) (param $times i32) (result i32)
    (local $f (ref $unary))
    (local.set $f
      (ref.as_non_null (table.get $operations (local.get $index))))
    (loop $again
      (if (local.get $times)
        (then
          (local.set $x (call_ref $unary (local.get $x) (local.get $f)))
          (local.set $times (i32.sub (local.get $times) (i32.const 1)))
          (br $again))))
    (local.get $x)
  )

  ;; References from $handlers need no check at all.
  (func (export "handle") (param $index i32) (param $x i32) (result i32)
    (local $handler (ref $unary))
    (local.set $handler (table.get $handlers (local.get $index)))
    (call $twice (local.get $handler) (local.get $x))
  )
)
