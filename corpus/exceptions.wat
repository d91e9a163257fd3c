;; Exceptions: throwing with values, catching by tag or catching all, and
;; rethrowing.
;;
;; The catch clauses of `try_table` do not contain code; each names a label to
;; branch to. The results of the label's block are the values of the exception.

(module
  (tag $division_by_zero)
  (tag $out_of_range (param i32))

  (global $cleanups (mut i32) (i32.const 0))

  ;; The exported tag lets the host distinguish this exception from others.
  (export "division_by_zero" (tag $division_by_zero))

  (func $divide (export "divide")
    (param $left i32) (param $right i32) (result i32)
    (if (i32.eqz (local.get $right))
      (then (throw $division_by_zero)))
    (i32.div_s (local.get $left) (local.get $right))
  )

  (func $check (param $value i32) (result i32)
    (if (i32.gt_u (local.get $value) (i32.const 100))
      (then (throw $out_of_range (local.get $value))))
    (local.get $value)
  )

  ;; `catch` without values: the label's block has no result.
  (func (export "divide_or")
    (param $left i32) (param $right i32) (param $otherwise i32) (result i32)
    (block $caught
      (return
        (try_table (result i32) (catch $division_by_zero $caught)
          (call $divide (local.get $left) (local.get $right)))))
    (local.get $otherwise)
  )

  ;; `catch` with a value: the thrown value is the result of the block.
  (func (export "excess") (param $value i32) (result i32)
    (i32.sub
      (block $caught (result i32)
        (drop
          (try_table (result i32) (catch $out_of_range $caught)
            (call $check (local.get $value))))
        (return (i32.const 0)))
      (i32.const 100))
  )

  ;; The clauses are tried in order; `catch_all` catches any other exception,
  ;; without its values. Returns 0 for no exception, and 1 or 2 for each kind.
  (func (export "which") (param $left i32) (param $right i32) (result i32)
    (block $other
      (block $division
        (drop
          (try_table (result i32)
            (catch $division_by_zero $division)
            (catch_all $other)
            (call $check
              (call $divide (local.get $left) (local.get $right)))))
        (return (i32.const 0)))
      (return (i32.const 1)))
    (i32.const 2)
  )

  ;; `catch_ref` adds a reference to the exception, after its values, and
  ;; `throw_ref` rethrows it: here, unless the value is small enough to correct.
  (func $put_right (export "put_right") (param $value i32) (result i32)
    (local $thrown i32)
    (local $exception exnref)
    (block $caught (result i32 exnref)
      (return
        (try_table (result i32) (catch_ref $out_of_range $caught)
          (call $check (local.get $value)))))
    (local.set $exception)
    (local.set $thrown)
    (if (i32.gt_u (local.get $thrown) (i32.const 200))
      (then (throw_ref (local.get $exception))))
    (i32.const 100)
  )

  ;; $put_right rethrows the exception that $check has thrown.
  (func (export "thrown_on") (param $value i32) (result i32)
    (block $caught (result i32)
      (drop
        (try_table (result i32) (catch $out_of_range $caught)
          (call $put_right (local.get $value))))
      (i32.const -1))
  )

  ;; With `catch_all_ref`, some code runs in any case, as with `finally`: once
  ;; without an exception, and once before the exception is rethrown.
  (func (export "divide_finally")
    (param $left i32) (param $right i32) (result i32)
    (local $quotient i32)
    (block $caught (result exnref)
      (local.set $quotient
        (try_table (result i32) (catch_all_ref $caught)
          (call $divide (local.get $left) (local.get $right))))
      (call $clean_up)
      (return (local.get $quotient)))
    (call $clean_up)
    (throw_ref)
  )

  (func $clean_up
    (global.set $cleanups (i32.add (global.get $cleanups) (i32.const 1)))
  )

  (func (export "cleanups") (result i32)
    (global.get $cleanups)
  )
)
