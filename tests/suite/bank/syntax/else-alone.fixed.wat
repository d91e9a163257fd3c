(module
  (func (export "check") (param $ok i32)
    (if (local.get $ok)
      (then) (else (unreachable)))))
