;; Stack switching: a generator that stops in the middle of its loop, and goes
;; on there when it is resumed.
;;
;; This is a proposal, not yet part of the standard. A continuation is a
;; computation that waits to be resumed; it can be resumed once. Where it
;; suspends itself with a tag, whoever resumed it gets the tag's parameters, and
;; a new continuation for the rest. The tag's results are what the generator is
;; given when it goes on.

(module
  ;; A generator waiting for its limit, one waiting to start, and one waiting
  ;; for the answer to what it gave last.
  (type $takes_limit (func (param $limit i32)))
  (type $takes_nothing (func))
  (type $takes_answer (func (param $go_on i32)))

  (type $unbound (cont $takes_limit))
  (type $ready (cont $takes_nothing))
  (type $asking (cont $takes_answer))

  ;; Gives a number; the answer says whether more are wanted.
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

  ;; `cont.new` makes a continuation of a function; `cont.bind` supplies the
  ;; first of its parameters, which gives a continuation of another type.
  (func $counter (param $limit i32) (result (ref $ready))
    (cont.bind $unbound $ready
      (local.get $limit)
      (cont.new $unbound (ref.func $count)))
  )

  ;; Adds up what the generator gives, until it ends or the sum is above
  ;; $enough.
  ;;
  ;; `resume` runs the continuation until it returns or suspends itself.
  ;; `(on $give $given)` sends a $give to the label $given, with the number and
  ;; the continuation on the operand stack.
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
