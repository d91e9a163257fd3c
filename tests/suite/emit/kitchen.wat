;; Every kind of field that a listing or a comment can show.
(module $kitchen
  (type $"odd */ name" (func (param i32 (; a (; nested ;) comment ;) i32) (result i32 i32)))
  (rec
    (type $node (sub (struct (field $value (mut i64)) (field $next (ref null $node)))))
    (type $leaf (sub final $node (struct (field (mut i64)) (field (ref null $node)) (field i8)))))
  (type $bytes (array (mut i8)))
  (import "env" "*/ ends a comment, // begins one, \\" (func $log (param i32)))
  (import "env" "\u{202e}turned\u{2028}\u{7f}" (global $base i32))
  (memory $memory (export "memory??/") 1 2)
  (memory 0)
  (table $table 4 funcref)
  (tag $oops (param i32))
  (global $count (mut i32) (i32.const -1))
  (global $pi f64 (f64.const 0x1.921fb54442d18p+1))
  (start $main)
  (elem (i32.const 0) func $main $branches $main)
  (elem $spare (ref null $node) (item (ref.null $node)) (item (struct.new $node (i64.const 1) (ref.null none))))
  (data (memory $memory) (offset (i32.const 8)) "Hello,\00\01 world: a longer segment than one row has room for \ff\fe")
  (data $passive "passive")
  (@custom "notes" (after data) "not for the engine */ // \\")
  (func $main
    (call $log (i32.add (global.get $base) (i32.const 1_000)))
    ;; The block type is not defined above, so it is added after the other types.
    (block $out (result i32 i64)
      i32.const 1
      i64.const -9223372036854775808
      br $out)
    drop
    drop)
  (func $branches (export "branches \\") (param $n i32) (result i32)
    (local $v v128) (local i64 i64 (; two ;))
    (local $node (ref null $node))
    block $a
      block $b
        block $c
          local.get $n
          br_table $a $b $c 0 1 2
        end $c
        v128.const i32x4 0x00010203 0x04050607 0x08090a0b 0x0c0d0e0f
        local.set $v
      end $b
      (local.set $node (struct.new $leaf (i64.const 7) (ref.null $node) (i32.const 1)))
    end
    (block $done
      (block $caught (result i32)
        (try_table (catch $oops $caught) (catch_all $done)
          (@metadata.code.branch_hint "\01")
          (if (i32.eqz (local.get $n)) (then (throw $oops (i32.const 1))) (else nop)))
        (i32.const 0))
      (drop))
    (if (result i32) (local.get $n)
      (then (i32.load8_u $memory offset=65535 align=1 (i32.const 4)))
      (else (array.len (array.new_data $bytes $passive (i32.const 0) (i32.const 7))))))
  (func (type $"odd */ name") unreachable))
