(module
  (func $f (export "f") (param $n i32) (result i32)
    block $out
      local.get $n
      if $out
        br $out
      end
      br 0
    end
    local.get $n)
)
