;; A persistent ordered map from i32 to anyref, as a compiler for a small functional language prints it
(module
  (rec
    (type $Tree (sub (struct)))
    (type $Leaf (sub final $Tree (struct)))
    (type $Node (sub final $Tree (struct
      (field $key i32)
      (field $value (mut anyref))
      (field $left (ref $Tree))
      (field $right (ref $Tree))
      (field $height i8)))))
  (type $Visitor (func (param i32 anyref)))
  (type $Keys (array (mut i32)))
  (type $Box (struct (field $n (mut i32))))
  (global $leaf (ref $Leaf) (struct.new $Leaf))
  (elem declare func $count1)

  (func $height (param $t (ref $Tree)) (result i32)
    (block $isLeaf (result (ref $Tree))
      (return
        (struct.get_u $Node $height
          (br_on_cast_fail $isLeaf (ref $Tree) (ref $Node) (local.get $t)))))
    (drop)
    (i32.const 0))

  (func $node (param $k i32) (param $v anyref) (param $l (ref $Tree)) (param $r (ref $Tree)) (result (ref $Node))
    (local $hl i32) (local $hr i32)
    (local.set $hl (call $height (local.get $l)))
    (local.set $hr (call $height (local.get $r)))
    (struct.new $Node
      (local.get $k)
      (local.get $v)
      (local.get $l)
      (local.get $r)
      (i32.add
        (select (local.get $hl) (local.get $hr)
          (i32.gt_s (local.get $hl) (local.get $hr)))
        (i32.const 1))))

  (func $insert (export "insert") (param $t (ref $Tree)) (param $k i32) (param $v anyref) (result (ref $Tree))
    (local $n (ref null $Node))
    (if (ref.test (ref $Leaf) (local.get $t))
      (then
        (return (call $node (local.get $k) (local.get $v) (global.get $leaf) (global.get $leaf)))))
    (local.set $n (ref.cast (ref $Node) (local.get $t)))
    (if (i32.eq (local.get $k) (struct.get $Node $key (local.get $n)))
      (then
        (struct.set $Node $value (local.get $n) (local.get $v))
        (return (local.get $t))))
    (if (result (ref $Tree)) (i32.lt_s (local.get $k) (struct.get $Node $key (local.get $n)))
      (then
        (call $node
          (struct.get $Node $key (local.get $n))
          (struct.get $Node $value (local.get $n))
          (call $insert (struct.get $Node $left (local.get $n)) (local.get $k) (local.get $v))
          (struct.get $Node $right (local.get $n))))
      (else
        (call $node
          (struct.get $Node $key (local.get $n))
          (struct.get $Node $value (local.get $n))
          (struct.get $Node $left (local.get $n))
          (call $insert (struct.get $Node $right (local.get $n)) (local.get $k) (local.get $v))))))

  (func $visit (param $t (ref $Tree)) (param $f (ref $Visitor))
    (local $n (ref $Node))
    (block $done (result (ref $Tree))
      (local.set $n
        (br_on_cast_fail $done (ref $Tree) (ref $Node) (local.get $t)))
      (call $visit (struct.get $Node $left (local.get $n)) (local.get $f))
      (call_ref $Visitor
        (struct.get $Node $key (local.get $n))
        (struct.get $Node $value (local.get $n))
        (local.get $f))
      (return_call $visit (struct.get $Node $right (local.get $n)) (local.get $f)))
    (drop))

  (global $counter (ref $Box) (struct.new $Box (i32.const 0)))
  (func $count1 (type $Visitor) (param $k i32) (param $v anyref)
    (struct.set $Box $n (global.get $counter)
      (i32.add (struct.get $Box $n (global.get $counter)) (i32.const 1))))

  (func (export "size") (param $t (ref $Tree)) (result i32)
    (struct.set $Box $n (global.get $counter) (i32.const 0))
    (call $visit (local.get $t) (ref.func $count1))
    (struct.get $Box $n (global.get $counter)))

  (func (export "range") (param $n i32) (result (ref $Keys))
    (local $keys (ref $Keys))
    (local $i i32)
    (local.set $keys (array.new_default $Keys (local.get $n)))
    (loop $next
      (if (i32.lt_u (local.get $i) (array.len (local.get $keys)))
        (then
          (array.set $Keys (local.get $keys) (local.get $i) (local.get $i))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
    (local.get $keys)))
