(module
  (@allow E0301)
  (func $f (export "f"))
)
