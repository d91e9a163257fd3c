;; Arrays: five ways to create them, filling, copying, and loading from data and
;; element segments.

(module
  (type $bytes (array (mut i8)))
  (type $ints (array (mut i32)))
  (type $operation (func (param i32 i32) (result i32)))
  (type $operations (array (mut (ref null $operation))))

  ;; These segments are passive: they are not copied into a memory or table, but
  ;; used by the instructions that name them.
  (data $greeting "Hello, world")
  (data $squares "\01\00\00\00" "\04\00\00\00" "\09\00\00\00" "\10\00\00\00")
  (elem $arithmetic (ref null $operation)
    (ref.func $add)
    (ref.func $sub)
    (ref.func $mul))

  ;; `array.new_fixed` takes its elements from the operand stack. It is allowed
  ;; in constant expressions.
  (global $primes (ref $ints)
    (array.new_fixed $ints 5
      (i32.const 2)
      (i32.const 3)
      (i32.const 5)
      (i32.const 7)
      (i32.const 11)))

  (func $add (type $operation) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $operation) (i32.sub (local.get 0) (local.get 1)))
  (func $mul (type $operation) (i32.mul (local.get 0) (local.get 1)))

  (func $sum (param $array (ref $ints)) (result i32)
    (local $index i32)
    (local $sum i32)
    (block $end
      (loop $next
        (br_if $end
          (i32.eq (local.get $index) (array.len (local.get $array))))
        (local.set $sum
          (i32.add
            (local.get $sum)
            (array.get $ints (local.get $array) (local.get $index))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $sum)
  )

  (func (export "sum_of_primes") (result i32)
    (call $sum (global.get $primes))
  )

  ;; Traps if $index is not below 5.
  (func (export "prime") (param $index i32) (result i32)
    (array.get $ints (global.get $primes) (local.get $index))
  )

  ;; `array.new` creates $count elements with the same value.
  (func (export "sum_of_equal")
    (param $value i32) (param $count i32) (result i32)
    (call $sum (array.new $ints (local.get $value) (local.get $count)))
  )

  ;; `array.new_default` sets all elements to zero. `array.fill` writes $count
  ;; elements, starting at $start.
  (func (export "sum_of_filled")
    (param $start i32) (param $value i32) (param $count i32) (result i32)
    (local $array (ref $ints))
    (local.set $array (array.new_default $ints (i32.const 10)))
    (array.fill $ints
      (local.get $array)
      (local.get $start)
      (local.get $value)
      (local.get $count))
    (call $sum (local.get $array))
  )

  ;; `array.new_data` reads elements from a segment, in little-endian order. The
  ;; offset is in bytes, the length in elements.
  (func (export "sum_of_squares")
    (param $first i32) (param $count i32) (result i32)
    (call $sum
      (array.new_data $ints $squares
        (i32.mul (local.get $first) (i32.const 4))
        (local.get $count)))
  )

  ;; `array.init_data` writes into an existing array: here, the last seven bytes
  ;; of the greeting between brackets.
  (func (export "bracketed") (param $index i32) (result i32)
    (local $array (ref $bytes))
    (local.set $array (array.new $bytes (i32.const 0x5B) (i32.const 9)))
    (array.set $bytes (local.get $array) (i32.const 8) (i32.const 0x5D))
    (array.init_data $bytes $greeting
      (local.get $array)
      (i32.const 1) ;; first element to write
      (i32.const 5) ;; first byte to read
      (i32.const 7)) ;; number of elements
    (array.get_u $bytes (local.get $array) (local.get $index))
  )

  ;; `array.copy` names the types of target and source. The two ranges of one
  ;; array can overlap: "Hello, world" becomes "HeHello, wor".
  (func (export "shifted") (param $index i32) (result i32)
    (local $array (ref $bytes))
    (local.set $array
      (array.new_data $bytes $greeting (i32.const 0) (i32.const 12)))
    (array.copy $bytes $bytes
      (local.get $array) (i32.const 2) ;; target, starting at element 2
      (local.get $array) (i32.const 0) ;; source, starting at element 0
      (i32.const 10)) ;; number of elements
    (array.get_u $bytes (local.get $array) (local.get $index))
  )

  ;; `array.new_elem` takes references from an element segment.
  (func (export "calculate")
    (param $operation i32) (param $left i32) (param $right i32) (result i32)
    (call_ref $operation
      (local.get $left)
      (local.get $right)
      (array.get $operations
        (array.new_elem $operations $arithmetic (i32.const 0) (i32.const 3))
        (local.get $operation)))
  )

  ;; `array.init_elem` writes only the second of two elements; the first remains
  ;; null.
  (func (export "is_null") (param $index i32) (result i32)
    (local $array (ref $operations))
    (local.set $array (array.new_default $operations (i32.const 2)))
    (array.init_elem $operations $arithmetic
      (local.get $array)
      (i32.const 1) ;; first element to write
      (i32.const 0) ;; first element to read
      (i32.const 1)) ;; number of elements
    (ref.is_null
      (array.get $operations (local.get $array) (local.get $index)))
  )
)
