(module
  (func $f (export "f") (param $"\41" i32) (result i32)
    (local $"\u{42}" i32)
    (local.set $B (local.get $A))
    (block $"\43"
      (block (br $C))
      (local.set $"B" (i32.const 1)))
    (local.get $"\42")))
