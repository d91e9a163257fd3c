(module
  (func (export "f")
    block $outer
      block $inner
        nop
      end $inner
    end $outer))
