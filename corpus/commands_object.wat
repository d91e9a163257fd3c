;; A table of commands for a C program: names and pointers to functions in data, and a search that calls C.
;;
;;     gcwat assemble --emit object commands_object.wat
;;     clang --target=wasm32 -c commands_object.c -o main.o
;;     wasm-ld --no-entry --export=run main.o commands_object.o -o program.wasm
;;
;; Annotations define the symbols and relocations: `@sym` names data, `@reloc` writes the address of a symbol into the
;; four bytes or the number before it. Other assemblers ignore them.
(module
  (type $action (func (param i32) (result i32)))

  (import "env" "__linear_memory" (memory 1))
  (import "env" "__indirect_function_table" (table $functions 0 funcref))
  ;; C: int same_text(const char *, const char *); extern int calls;
  (import "env" "same_text" (func $same_text (param i32 i32) (result i32)))
  (@sym.import.data $calls (name "calls"))

  ;; The linker can remove a function, but not a part of it; the symbol of this one is not visible in C.
  (func $twice (@sym local) (type $action)
    (i32.mul (local.get 0) (i32.const 2)))
  (func $square (@sym local) (type $action)
    (i32.mul (local.get 0) (local.get 0)))

  ;; int command(const char *name, int argument): returns -1 for an unknown name.
  (func (export "command") (param $name i32) (param $argument i32) (result i32)
    (local $at i32)
    ;; calls += 1
    (i32.store offset=0 (@reloc $calls) (i32.const 0)
      (i32.add (i32.load offset=0 (@reloc $calls) (i32.const 0)) (i32.const 1)))
    (local.set $at (i32.const 0 (@reloc data $commands)))
    (loop $next
      (if (call $same_text (i32.load (local.get $at)) (local.get $name))
        (then
          (return (call_indirect $functions (type $action) (local.get $argument) (i32.load offset=4 (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 0 (@reloc data $commands +16)))))
    (i32.const -1))

  ;; struct { const char *name; int (*action)(int); } commands[2];
  (data (@sym.segment (name ".rodata.commands") (align 4)) (i32.const 0)
    (@sym $commands (name "commands") (size 16))
    "\00\00\00\00" (@reloc i32 data $twice_name) "\00\00\00\00" (@reloc i32 functable $twice)
    "\00\00\00\00" (@reloc i32 data $square_name) "\00\00\00\00" (@reloc i32 functable $square))
  (data (@sym.segment (name ".rodata.names") strings) (i32.const 16)
    (@sym $twice_name local (size 6)) "twice\00"
    (@sym $square_name local (size 7)) "square\00")
)
