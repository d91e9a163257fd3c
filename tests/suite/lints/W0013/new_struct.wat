(module
  (type $p (struct (field i32)))
  (func $f (export "f")
    (drop (struct.new $p (i32.const 1)))))
