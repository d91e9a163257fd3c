(module
  (func $f (param $n i32)
    (block $l
      local.get $n
      if
        br $l
      )
      end
  )
  (func $g (result i32) i32.const 4))
