(module
  (func $get (export "get") (result externref)
    (local $found externref)
    (local.get $found))
)
