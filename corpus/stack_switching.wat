;; Stack switching: a generator that stops in the middle of its loop, and
;; continues there when it is resumed.
;;
;; This is a proposal, not yet part of the standard. A continuation is a
;; suspended computation, which can be resumed once. When it suspends itself
;; with a tag, the function that resumed it gets the tag's parameters and a new
;; continuation for the rest. When the generator is resumed, it gets the tag's
;; results.

(module
  ;; A generator that waits for its limit, one that waits to start, and one that
  ;; waits for the answer to its last number.
  (type $takes_limit (func (param $limit i32)))
  (type $takes_nothing (func))
  (type $takes_answer (func (param $go_on i32)))

  (type $unbound (cont $takes_limit))
  (type $ready (cont $takes_nothing))
  (type $asking (cont $takes_answer))

  ;; Yields a number; the answer is whether to continue.
  (tag $give (param i32) (result i32))

  (elem declare func $count)

  ;; The generator: 1, 2, ... up to $limit.
  (func $count (type $takes_limit) (param $limit i32)
    (local $n i32)
    (loop $next
      (if (i32.lt_u (local.get $n) (local.get $limit))
        (then
          (local.set $n (i32.add (local.get $n) (i32.const 1)))
          (br_if $next (suspend $give (local.get $n))))))
  )

  ;; `cont.new` creates a continuation from a function. `cont.bind` supplies its
  ;; first parameters, which results in a continuation of another type.
  (func $counter (param $limit i32) (result (ref $ready))
    (cont.bind $unbound $ready
      (local.get $limit)
      (cont.new $unbound (ref.func $count)))
  )

  ;; Adds up the numbers of the generator, until it returns or the sum exceeds
  ;; $enough.
  ;;
  ;; `resume` runs the continuation until it returns or suspends itself. With
  ;; `(on $give $given)`, a suspension with $give branches to $given, with the
  ;; number and the new continuation on the operand stack.
  (func (export "sum") (param $limit i32) (param $enough i32) (result i32)
    (local $generator (ref null $asking))
    (local $sum i32)

    block $given (result i32 (ref $asking))
      (resume $ready (on $give $given) (call $counter (local.get $limit)))
      (return (local.get $sum))
    end

    loop $again (param i32 (ref $asking)) (result i32)
      local.set $generator
      local.get $sum
      i32.add
      local.set $sum

      block $given (result i32 (ref $asking))
        (resume $asking (on $give $given)
          (i32.le_u (local.get $sum) (local.get $enough))
          (local.get $generator))
        (return (local.get $sum))
      end
      br $again
    end
  )
)
