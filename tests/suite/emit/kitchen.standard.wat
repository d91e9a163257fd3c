(module $kitchen
  (type $"odd */ name" (;0;) (func (param i32 i32) (result i32 i32)))
  (rec
    (type $node (;1;) (sub (struct (field $value (mut i64)) (field $next (ref null $node)))))
    (type $leaf (;2;) (sub final $node (struct (field (mut i64)) (field (ref null $node)) (field i8))))
  )
  (type $bytes (;3;) (array (mut i8)))
  (type (;4;) (func (param i32)))
  (type (;5;) (func))
  (type (;6;) (func (result i32 i64)))
  (type (;7;) (func (param i32) (result i32)))
  (import "env" "*/ ends a comment, // begins one, \u{5c}" (func $log (;0;) (type 4) (param i32)))
  (import "env" "\u{202e}turned\u{2028}\u{7f}" (global $base (;0;) i32))
  (table $table (;0;) 4 funcref)
  (memory $memory (;0;) 1 2)
  (memory (;1;) 0)
  (tag $oops (;0;) (type 4) (param i32))
  (global $count (;1;) (mut i32) i32.const -1)
  (global $pi (;2;) f64 f64.const 0x1.921fb54442d18p+1 (;=3.141592653589793;))
  (export "memory??/" (memory $memory))
  (export "branches \u{5c}" (func $branches))
  (start $main)
  (elem (;0;) (i32.const 0) func $main $branches $main)
  (elem $spare (;1;) (ref null $node) (ref.null $node) (item i64.const 1 ref.null none struct.new $node))
  (func $main (;1;) (type 5)
    global.get $base
    i32.const 1000
    i32.add
    call $log
    block $out (type 6) (result i32 i64)
      i32.const 1
      i64.const -9223372036854775808
      br $out
    end
    drop
    drop
  )
  (func $branches (;2;) (type 7) (param $n i32) (result i32)
    (local $v v128) (local i64 i64) (local $node (ref null $node))
    block $a
      block $b
        block $c
          local.get $n
          br_table $a $b $c $c $b $a
        end
        v128.const i32x4 0x00010203 0x04050607 0x08090a0b 0x0c0d0e0f
        local.set $v
      end
      i64.const 7
      ref.null $node
      i32.const 1
      struct.new $leaf
      local.set $node
    end
    block $done
      block $caught (result i32)
        try_table (catch $oops $caught) (catch_all $done) ;; label = @3
          local.get $n
          i32.eqz
          (@metadata.code.branch_hint "\01")
          if ;; label = @4
            i32.const 1
            throw $oops
          else
            nop
          end
        end
        i32.const 0
      end
      drop
    end
    local.get $n
    if (result i32) ;; label = @1
      i32.const 4
      i32.load8_u offset=65535
    else
      i32.const 0
      i32.const 7
      array.new_data $bytes $passive
      array.len
    end
  )
  (func (;3;) (type $"odd */ name") (param i32 i32) (result i32 i32)
    unreachable
  )
  (data (;0;) (i32.const 8) "Hello,\00\01 world: a longer segment than one row has room for \ff\fe")
  (data $passive (;1;) "passive")
  (@custom "notes" (after data) "not for the engine */ // \5c")
)
