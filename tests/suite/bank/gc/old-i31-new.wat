(module
  (func (export "tag") (param i32) (result (ref i31))
    local.get 0
    i31.new))
