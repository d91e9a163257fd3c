;; copyright 2024 by André Dupont
(module
  (func (export "nothing")))
