(module
  (tag $oops (param i32 i32))
  (func $raise (param $code i32)
    local.get $code
    throw $oops)
  (func (export "run") (param $n i32) (result i32)
    block $handler (result i32 i32)
      try_table (catch $ooops $handler)
        local.get $n
        call $raise
      end $try
      i32.const 0
      return
    end $handler
    i32.add)
  (func (export "again") (param $e exnref)
    local.get $e
    rethrow))
