(module
  (func (export "callable") (param $f anyref) (result i32)
    (block $yes (result (ref struct))
      (br_on_cast $yes anyref (ref struct) (local.get $f))
      (return (i32.const 0)))
    (drop)
    (i32.const 1)))
