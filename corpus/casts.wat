;; Casts: testing a reference's type, requiring it, and branching on it.

(module
  ;; Types with the same structure are equal. $circle and $square have the same
  ;; fields, and differ only because they are members of one recursion group.
  ;; Defined separately, they would be one type: a circle would be a square.
  (rec
    (type $shape (sub (struct (field $sides i32))))
    (type $circle
      (sub final $shape (struct (field $sides i32) (field $radius i32))))
    (type $square
      (sub final $shape (struct (field $sides i32) (field $width i32)))))

  ;; A value of every kind, to test below.
  (table $things anyref
    (elem
      (item (ref.null none))
      (item (ref.i31 (i32.const 7)))
      (item (struct.new $shape (i32.const 5)))
      (item (struct.new $circle (i32.const 0) (i32.const 10)))
      (item (struct.new $square (i32.const 4) (i32.const 3)))))

  ;; `ref.test` returns 1 or 0. A null has type `(ref null $t)` for every $t,
  ;; but never type `(ref $t)`.
  (func (export "is_shape") (param $index i32) (result i32)
    (ref.test (ref $shape) (table.get $things (local.get $index)))
  )

  (func (export "is_shape_or_null") (param $index i32) (result i32)
    (ref.test (ref null $shape) (table.get $things (local.get $index)))
  )

  (func (export "is_square") (param $index i32) (result i32)
    (ref.test (ref $square) (table.get $things (local.get $index)))
  )

  ;; `ref.cast` returns the reference with the requested type, or traps.
  (func (export "radius") (param $index i32) (result i32)
    (struct.get $circle $radius
      (ref.cast (ref $circle) (table.get $things (local.get $index))))
  )

  ;; `br_on_cast` branches to its label, with the reference, if the cast
  ;; succeeds. It names two types: the known type and the type to cast to.
  (func (export "sides") (param $index i32) (result i32)
    (struct.get $shape $sides
      (block $shape (result (ref $shape))
        (drop
          (br_on_cast $shape anyref (ref $shape)
            (table.get $things (local.get $index))))
        (return (i32.const -1))))
  )

  ;; `br_on_cast_fail` branches to its label if the cast fails. After it, the
  ;; reference has the new type; at the label, the old type without the new one.
  (func (export "integer") (param $index i32) (result i32)
    (drop
      (block $other (result anyref)
        (return
          (i31.get_s
            (br_on_cast_fail $other anyref (ref i31)
              (table.get $things (local.get $index)))))))
    (i32.const -1)
  )

  ;; A chain of casts works like a switch over types: one block for each type,
  ;; and the reference is tested until a branch is taken. After the branch for
  ;; null, the type is not nullable any more: `(ref any)` instead of `anyref`.
  (func (export "area") (param $index i32) (result i32)
    (local $square (ref $square))
    (local $circle (ref $circle))

    block $null (result nullref)
      block $square (result (ref $square))
        block $circle (result (ref $circle))
          local.get $index
          table.get $things
          br_on_cast $null anyref nullref
          br_on_cast $circle (ref any) (ref $circle)
          br_on_cast $square (ref any) (ref $square)
          drop
          i32.const -1
          return
        end
        local.set $circle
        (i32.mul
          (i32.const 3) ;; roughly
          (i32.mul
            (struct.get $circle $radius (local.get $circle))
            (struct.get $circle $radius (local.get $circle))))
        return
      end
      local.set $square
      (i32.mul
        (struct.get $square $width (local.get $square))
        (struct.get $square $width (local.get $square)))
      return
    end
    drop
    i32.const 0
  )

  ;; References of the host are separate: no cast converts `externref` to
  ;; `anyref`, but these two instructions do. A reference that is converted
  ;; there and back is unchanged.
  (func (export "survives_the_host") (param $index i32) (result i32)
    (local $thing eqref)
    (local.set $thing
      (ref.cast eqref (table.get $things (local.get $index))))
    (ref.eq
      (local.get $thing)
      (ref.cast eqref
        (any.convert_extern (extern.convert_any (local.get $thing)))))
  )
)
