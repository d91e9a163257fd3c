;; Tail calls: the frame of the caller is removed before the call, so that a
;; chain of calls can be unlimited.
;;
;; The callee must have the same results as the caller; the parameters can
;; differ.

(module
  ;; `return_call`: two functions that call each other. With `call`, a large $n
  ;; would exhaust the call stack.
  (func $is_even (export "is_even") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n))
      (then (return (i32.const 1))))
    (return_call $is_odd (i64.sub (local.get $n) (i64.const 1)))
  )

  (func $is_odd (export "is_odd") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n))
      (then (return (i32.const 0))))
    (return_call $is_even (i64.sub (local.get $n) (i64.const 1)))
  )

  ;; `return_call_indirect`: a state machine. Every state is a function, and the
  ;; next one is looked up in a table. It counts the steps of the Collatz
  ;; sequence from $n to 1: n / 2 after an even number, 3 n + 1 after an odd
  ;; one.
  (type $state (func (param $n i64) (param $steps i32) (result i32)))

  (table $states funcref (elem $after_even $after_odd))

  (func $collatz (export "collatz") (param $n i64) (result i32)
    (return_call $step (local.get $n) (i32.const 0))
  )

  (func $step (type $state) (param $n i64) (param $steps i32) (result i32)
    (if (i64.le_u (local.get $n) (i64.const 1))
      (then (return (local.get $steps))))
    (return_call_indirect $states (type $state)
      (local.get $n)
      (i32.add (local.get $steps) (i32.const 1))
      (i32.and (i32.wrap_i64 (local.get $n)) (i32.const 1)))
  )

  (func $after_even (type $state) (param $n i64) (param $steps i32) (result i32)
    (return_call $step
      (i64.shr_u (local.get $n) (i64.const 1))
      (local.get $steps))
  )

  (func $after_odd (type $state) (param $n i64) (param $steps i32) (result i32)
    (return_call $step
      (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1))
      (local.get $steps))
  )

  ;; `return_call_ref`: a loop whose body is passed from call to call, with a
  ;; type that refers to itself.
  (type $body
    (func
      (param $n i64) (param $sum i64) (param $next (ref $body)) (result i64)))

  (elem declare func $add)

  (func $add (type $body)
    (param $n i64) (param $sum i64) (param $next (ref $body)) (result i64)
    (if (i64.eqz (local.get $n))
      (then (return (local.get $sum))))
    (return_call_ref $body
      (i64.sub (local.get $n) (i64.const 1))
      (i64.add (local.get $sum) (local.get $n))
      (local.get $next)
      (local.get $next))
  )

  (func (export "sum_to") (param $n i64) (result i64)
    (return_call $add (local.get $n) (i64.const 0) (ref.func $add))
  )
)
