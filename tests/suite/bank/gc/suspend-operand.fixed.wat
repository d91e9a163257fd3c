(module
  (tag $yield (param i32) (result i64))
  (func (export "gen") (result i64)
    i32.const 7
    suspend $yield))
