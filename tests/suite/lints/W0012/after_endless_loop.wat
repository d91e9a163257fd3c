(module
  (import "env" "step" (func $step))
  (import "env" "stop" (func $stop))
  (func $main (export "main")
    loop $forever
      call $step
      br $forever
    end
    call $stop)
)
