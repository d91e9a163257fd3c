(module
  (func $f (param $n i32) (result i32)
    block
      loop
        br 0
      end
    end
    local.get $n))
