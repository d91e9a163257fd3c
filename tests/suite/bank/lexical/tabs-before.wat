(module
	(func (export "shift") (param $x i32) (result i32)
		local.get $x
		i32.const 3	;; bits
		(;	;)	i32.shfit_l))
