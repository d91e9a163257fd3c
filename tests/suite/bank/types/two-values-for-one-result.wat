(module
  (memory 1)
  (func (export "pair") (param $p i32) (result i32)
    block (result i32)
      local.get $p
      i32.load
      local.get $p
      i32.load offset=4
    end))
