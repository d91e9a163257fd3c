(module
  (global $cache (mut i32) (i32.const 0))
  (func (export "lookup") (param $k i32) (result i32)
    block $b (result i32)
      local.get $k
      global.set $cache
    end))
