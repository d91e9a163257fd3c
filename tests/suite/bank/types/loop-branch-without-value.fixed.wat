(module
  (import "env" "step" (func $step (param i64) (result i64)))
  (func (export "iterate") (param $x i64)
    local.get $x
    loop $again (param i64)
      call $step
      local.tee $x
      i64.eqz
      if
      else
        local.get $x
        br $again
      end
    end))
