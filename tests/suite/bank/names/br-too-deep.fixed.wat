(module
  (func (export "loop3") (param i32) (result i32)
    (local i32)
    block  ;; label = @1
      loop  ;; label = @2
        local.get 0
        i32.eqz
        br_if 1 (;@1;)
        local.get 0
        i32.const 1
        i32.sub
        local.set 0
        local.get 1
        i32.const 3
        i32.add
        local.set 1
        br 0 (;@2;)
      end
    end
    local.get 1))
