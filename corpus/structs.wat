;; Structs: fields, packed fields, subtypes, recursive types, and objects with
;; methods.

(module
  ;; `sub` allows subtypes of a type. A subtype repeats the fields of its
  ;; supertype and adds its own. `sub final` allows no further subtypes. A type
  ;; without `sub` is final.
  (type $point
    (sub (struct
      (field $x (mut i32))
      (field $y (mut i32)))))
  (type $point3
    (sub final $point (struct
      (field $x (mut i32))
      (field $y (mut i32))
      (field $z (mut i32)))))

  ;; The types i8 and i16 exist only in structs and arrays. On the operand stack
  ;; the value is an i32, so each read must extend it: get_s or get_u.
  (type $sample (struct (field $left i8) (field $right i16)))

  ;; A type may refer to itself.
  (type $node (struct (field $value i32) (field $next (ref null $node))))

  ;; Types that refer to each other must be in one recursion group.
  (rec
    (type $shape (sub (struct (field $area (ref $method)))))
    (type $method (func (param (ref $shape)) (result i32))))
  (type $square
    (sub final $shape (struct
      (field $area (ref $method))
      (field $side i32))))
  (type $rectangle
    (sub final $shape (struct
      (field $area (ref $method))
      (field $width i32)
      (field $height i32))))

  ;; `ref.func` requires a declaration of its function outside function bodies.
  (elem declare func $square_area $rectangle_area)

  ;; Changes its operand: structs are passed by reference.
  (func $move (param $point (ref $point)) (param $dx i32) (param $dy i32)
    (struct.set $point $x
      (local.get $point)
      (i32.add
        (struct.get $point $x (local.get $point))
        (local.get $dx)))
    (struct.set $point $y
      (local.get $point)
      (i32.add
        (struct.get $point $y (local.get $point))
        (local.get $dy)))
  )

  ;; Moves a $point3, which is also a $point; no instruction is needed to
  ;; convert it to its supertype. Returns x, y and z.
  (func (export "moved") (param $dx i32) (param $dy i32) (result i32 i32 i32)
    (local $point (ref $point3))
    (local.set $point
      (struct.new $point3 (i32.const 1) (i32.const 2) (i32.const 3)))
    (call $move (local.get $point) (local.get $dx) (local.get $dy))
    (struct.get $point3 $x (local.get $point))
    (struct.get $point3 $y (local.get $point))
    (struct.get $point3 $z (local.get $point))
  )

  ;; The default value of a field is zero or null.
  (func (export "default_y") (result i32)
    (struct.get $point $y (struct.new_default $point))
  )

  ;; Only the low 8 bits of $left and 16 bits of $right are kept.
  (func (export "packed") (param $value i32) (result i32 i32 i32 i32)
    (local $sample (ref $sample))
    (local.set $sample
      (struct.new $sample (local.get $value) (local.get $value)))
    (struct.get_s $sample $left (local.get $sample))
    (struct.get_u $sample $left (local.get $sample))
    (struct.get_s $sample $right (local.get $sample))
    (struct.get_u $sample $right (local.get $sample))
  )

  ;; Builds the list 1, 2, ... $n and adds it up.
  (func (export "list_sum") (param $n i32) (result i32)
    (local $list (ref null $node))
    (local $sum i32)

    (loop $build
      (if (local.get $n)
        (then
          (local.set $list
            (struct.new $node (local.get $n) (local.get $list)))
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (br $build))))

    (block $end
      (loop $add
        (br_if $end (ref.is_null (local.get $list)))
        (local.set $sum
          (i32.add
            (local.get $sum)
            (struct.get $node $value (local.get $list))))
        (local.set $list (struct.get $node $next (local.get $list)))
        (br $add)))

    (local.get $sum)
  )

  ;; A method gets its object as a $shape and casts it to its own type.
  (func $square_area (type $method) (param $self (ref $shape)) (result i32)
    (local $square (ref $square))
    (local.set $square (ref.cast (ref $square) (local.get $self)))
    (i32.mul
      (struct.get $square $side (local.get $square))
      (struct.get $square $side (local.get $square)))
  )

  (func $rectangle_area (type $method) (param $self (ref $shape)) (result i32)
    (local $rectangle (ref $rectangle))
    (local.set $rectangle (ref.cast (ref $rectangle) (local.get $self)))
    (i32.mul
      (struct.get $rectangle $width (local.get $rectangle))
      (struct.get $rectangle $height (local.get $rectangle)))
  )

  ;; Calls the method of the object.
  (func $area (param $shape (ref $shape)) (result i32)
    (call_ref $method
      (local.get $shape)
      (struct.get $shape $area (local.get $shape)))
  )

  (func (export "square_area") (param $side i32) (result i32)
    (call $area
      (struct.new $square (ref.func $square_area) (local.get $side)))
  )

  (func (export "rectangle_area")
    (param $width i32) (param $height i32) (result i32)
    (call $area
      (struct.new $rectangle
        (ref.func $rectangle_area)
        (local.get $width)
        (local.get $height)))
  )
)
