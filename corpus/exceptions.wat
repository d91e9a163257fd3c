;; Exceptions: thrown with values, caught by tag or all together, looked at and
;; thrown on.
;;
;; The catch clauses of `try_table` do not hold code; each names a label to
;; branch to. The label's block takes the values the exception carries.

(module
  (tag $division_by_zero)
  (tag $out_of_range (param i32))

  (global $cleanups (mut i32) (i32.const 0))

  ;; A tag's export lets the host tell this exception from others.
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

  ;; `catch` with a value: what was thrown is the block's result.
  (func (export "excess") (param $value i32) (result i32)
    (i32.sub
      (block $caught (result i32)
        (drop
          (try_table (result i32) (catch $out_of_range $caught)
            (call $check (local.get $value))))
        (return (i32.const 0)))
      (i32.const 100))
  )

  ;; The clauses are tried in order; `catch_all` takes what is left, without its
  ;; values. Returns 0 for no exception, 1 and 2 for one of each kind.
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

  ;; `catch_ref` adds the exception itself, behind its values, and `throw_ref`
  ;; throws it on: here, unless the value is small enough to be put right.
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

  ;; What $put_right throws on is what $check has thrown.
  (func (export "thrown_on") (param $value i32) (result i32)
    (block $caught (result i32)
      (drop
        (try_table (result i32) (catch $out_of_range $caught)
          (call $put_right (local.get $value))))
      (i32.const -1))
  )

  ;; With `catch_all_ref` some code runs in any case, as behind `finally`: once
  ;; on the straight way, and once before the exception is thrown on.
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
