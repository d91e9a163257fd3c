(module
  (func $find (param $key i32) (result i32)
    block $found (result i32)
      local.get $key
      i32.eqz
      if
        f32.const 0
        br $found
      end
      local.get $key
    end)
  (export "find" (func $find)))
