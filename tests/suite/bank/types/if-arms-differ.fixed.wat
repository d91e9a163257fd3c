(module (memory 1) (func (export "load") (param $wide i32) (param $p i32) (result i64) local.get $wide if (result i64) local.get $p i64.load else local.get $p i32.load8_u i64.extend_i32_u end))
