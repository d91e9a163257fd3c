;; A table of objects of the host for a C program, which holds numbers in place of references.
;;
;;     gcwat assemble --emit object handles_object.wat
;;     clang --target=wasm32 -c handles_object.c -o main.o
;;     wasm-ld --no-entry --export=run main.o handles_object.o -o program.wasm
;;
;; Functions of the module `host` stay imports of the linked program. The table and the globals are those of the text;
;; a program can have several such texts.
(module
  (import "host" "make" (func $make (param i32) (result externref)))
  (import "host" "value" (func $value (param externref) (result i32)))

  (table $objects 2 externref)
  ;; The handles below this one have been used. Handle 0 is never used.
  (global $end (mut i32) (i32.const 1))

  ;; int make_object(int): returns the handle of a new object, or 0 if there is no memory for it.
  (func (export "make_object") (param $value i32) (result i32)
    (if (i32.eq (global.get $end) (table.size $objects))
      (then
        (if (i32.eq (table.grow $objects (ref.null extern) (table.size $objects)) (i32.const -1))
          (then (return (i32.const 0))))))
    (table.set $objects (global.get $end) (call $make (local.get $value)))
    (global.get $end)
    (global.set $end (i32.add (global.get $end) (i32.const 1))))

  ;; int object_value(int handle)
  (func (export "object_value") (param $handle i32) (result i32)
    (call $value (table.get $objects (local.get $handle))))

  ;; int is_object(int handle)
  (func (export "is_object") (param $handle i32) (result i32)
    (i32.eqz (ref.is_null (table.get $objects (local.get $handle)))))

  ;; void free_object(int handle)
  (func (export "free_object") (param $handle i32)
    (table.set $objects (local.get $handle) (ref.null extern)))
)
