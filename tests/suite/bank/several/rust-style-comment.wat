(module
  /// doc comment
  (func $f))
