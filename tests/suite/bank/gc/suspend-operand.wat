(module
  (tag $yield (param i32) (result i64))
  (func (export "gen") (result i64)
    f32.const 7
    suspend $yield))
