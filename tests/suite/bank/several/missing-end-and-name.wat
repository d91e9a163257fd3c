(module
  (func $wait (export "wait") (param $n i32)
    block $out
      loop $spin
        local.get $n
        i32.eqz
        br_if $out
        br $spin
      end)
  (func (export "go") (param $ticks i32)
    (call $wait (local.get $tick))))
