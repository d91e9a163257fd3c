(module
  (import "env" "write" (func $write (param i32) (result i32)))
  (func (export "flush") (param $n i32)
    block $skip
      local.get $n
      i32.eqz
      br_if $skip
      local.get $n
      call $write
    end))
