;; How many parameters does a function take?
;;
;; C code can call a function pointer with a type that the function does not
;; have; in WebAssembly, that traps. CPython does this with methods of zero to
;; three parameters, so it must check first. No instruction returns the number
;; of parameters, but `ref.test` checks whether a function has a given type, and
;; there are only four types to try.
;;
;; `f` takes a function pointer, which is an index into the table, and returns
;; the number of parameters: 3, 2, 1, 0, or -1 for any other type.
;;
;; Function types with the same structure are equal, so these types equal those
;; of functions in other modules. For that, each must be defined separately:
;; inside a `(rec ...)`, they would be different types.

(module
  (type $type0 (func (result i32)))
  (type $type1 (func (param i32) (result i32)))
  (type $type2 (func (param i32 i32) (result i32)))
  (type $type3 (func (param i32 i32 i32) (result i32)))
  (type $blocktype (func))

  (import "e" "t" (table $funcs 0 funcref))

  (func $f (export "f") (type $type1) (param $fptr i32) (result i32)
    (local $fref funcref)

    local.get $fptr
    table.get $funcs
    local.tee $fref
    ref.test (ref $type3)
    if (type $blocktype)
      i32.const 3
      return
    end

    local.get $fref
    ref.test (ref $type2)
    if (type $blocktype)
      i32.const 2
      return
    end

    local.get $fref
    ref.test (ref $type1)
    if (type $blocktype)
      i32.const 1
      return
    end

    local.get $fref
    ref.test (ref $type0)
    if (type $blocktype)
      i32.const 0
      return
    end

    i32.const -1
  )
)
