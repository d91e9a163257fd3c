(module
  (import "env" "parse" (func $parse (param i32)))
  (tag $syntax (param i32 i32))
  (func (export "try") (param $s i32) (result i32)
    (block $bad (result i32)
      (try_table (catch $syntax $bad)
        (call $parse (local.get $s)))
      (i32.const 0))))
