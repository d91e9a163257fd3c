;; trampoline_call.wat as an object: a C program calls it like a function of its own.
;;
;;     gcwat assemble --emit object trampoline_object.wat
;;     clang --target=wasm32 -c trampoline_object.c -o main.o
;;     wasm-ld --no-entry --export=run --allow-undefined main.o trampoline_object.o -o program.wasm
;;
;; The linker gives the function its memory and the table of the program, and puts its types into one list with those
;; of the program. No annotation is needed.
(module
  (type $three (func (param i32 i32 i32) (result i32)))
  (type $two (func (param i32 i32) (result i32)))
  (type $one (func (param i32) (result i32)))
  (type $none (func (result i32)))

  (import "env" "__linear_memory" (memory 0))
  (import "env" "__indirect_function_table" (table $functions 0 funcref))

  ;; int trampoline(int *success, void *function, int self, int args, int keywords);
  (func (export "trampoline")
    (param $success i32) (param $pointer i32) (param $self i32) (param $args i32) (param $keywords i32) (result i32)
    (local $function funcref)
    (i32.store (local.get $success) (i32.const 1))
    (local.set $function (table.get $functions (local.get $pointer)))
    (if (ref.test (ref $three) (local.get $function))
      (then
        (return (call_indirect $functions (type $three)
          (local.get $self) (local.get $args) (local.get $keywords) (local.get $pointer)))))
    (if (ref.test (ref $two) (local.get $function))
      (then
        (return (call_indirect $functions (type $two) (local.get $self) (local.get $args) (local.get $pointer)))))
    (if (ref.test (ref $one) (local.get $function))
      (then (return (call_indirect $functions (type $one) (local.get $self) (local.get $pointer)))))
    (if (ref.test (ref $none) (local.get $function))
      (then (return (call_indirect $functions (type $none) (local.get $pointer)))))
    (i32.store (local.get $success) (i32.const 0))
    (i32.const 0))
)
