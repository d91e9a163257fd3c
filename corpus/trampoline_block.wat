;; The first version of trampoline.wat: blocks and `br_if` instead of `if`.
;;
;; A block can have parameters. The result of `ref.test` is pushed before the
;; block and used inside it, so the block type has the parameter `(param i32)`.
;; If the test fails, `br_if` leaves the block and the next type is tried.

(module
  (type $type0 (func (result i32)))
  (type $type1 (func (param i32) (result i32)))
  (type $type2 (func (param i32 i32) (result i32)))
  (type $type3 (func (param i32 i32 i32) (result i32)))
  (type $blocktype (func (param i32)))

  (import "e" "t" (table $funcs 0 funcref))

  (func $f (export "f") (type $type1) (param $fptr i32) (result i32)
    (local $fref funcref)

    local.get $fptr
    table.get $funcs
    local.tee $fref
    ref.test (ref $type3)
    block $not3 (type $blocktype)
      i32.eqz
      br_if $not3
      i32.const 3
      return
    end

    local.get $fref
    ref.test (ref $type2)
    block $not2 (type $blocktype)
      i32.eqz
      br_if $not2
      i32.const 2
      return
    end

    local.get $fref
    ref.test (ref $type1)
    block $not1 (type $blocktype)
      i32.eqz
      br_if $not1
      i32.const 1
      return
    end

    local.get $fref
    ref.test (ref $type0)
    block $not0 (type $blocktype)
      i32.eqz
      br_if $not0
      i32.const 0
      return
    end

    i32.const -1
  )
)
