(module
  (func (export "f")
    block $outer
      block $inner
        nop
      end $outer
    end $inner))
