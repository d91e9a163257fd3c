;; Calls a function with as many arguments as it has parameters.
;;
;; trampoline.wat only counts the parameters. This later version also makes the
;; call: `trampoline_call` gets three arguments and passes on the first three,
;; two, one or none of them. In C:
;;
;;   PyObject *trampoline_call(int *success, PyCFunctionWithKeywords func,
;;                             PyObject *self, PyObject *args, PyObject *kw);
;;
;; `*success` is set to 1, or to 0 if the function has none of the four types or
;; `func` is a null entry; the result is then NULL. `*success` is set before the
;; call, so that nothing is left to do after it.
;;
;; Memory and table are those of the program, under Emscripten's names. Both are
;; imported with a minimum of 0 and no maximum, so that any unshared 32-bit
;; memory and any table of funcref matches, whatever its size.

(module
  (type $zero_args (func (result i32)))
  (type $one_arg (func (param i32) (result i32)))
  (type $two_args (func (param i32 i32) (result i32)))
  (type $three_args (func (param i32 i32 i32) (result i32)))

  (import "env" "memory" (memory $memory 0))
  (import "env" "__indirect_function_table" (table $functions 0 funcref))

  (func $trampoline_call (export "trampoline_call")
    (param $success i32)
    (param $func i32)
    (param $self i32) (param $args i32) (param $kw i32)
    (result i32)
    (local $callee funcref)

    (local.set $callee (table.get $functions (local.get $func)))
    (i32.store $memory (local.get $success) (i32.const 1))

    (if (ref.test (ref $three_args) (local.get $callee))
      (then
        (return
          (call_indirect $functions (type $three_args)
            (local.get $self)
            (local.get $args)
            (local.get $kw)
            (local.get $func)))))

    (if (ref.test (ref $two_args) (local.get $callee))
      (then
        (return
          (call_indirect $functions (type $two_args)
            (local.get $self)
            (local.get $args)
            (local.get $func)))))

    (if (ref.test (ref $one_arg) (local.get $callee))
      (then
        (return
          (call_indirect $functions (type $one_arg)
            (local.get $self)
            (local.get $func)))))

    (if (ref.test (ref $zero_args) (local.get $callee))
      (then
        (return
          (call_indirect $functions (type $zero_args)
            (local.get $func)))))

    (i32.store $memory (local.get $success) (i32.const 0))
    (i32.const 0)
  )
)
