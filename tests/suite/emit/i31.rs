// Made from i31.wat by gcwat; do not edit.
#[rustfmt::skip]
pub const I31: [u8; 276] = [
    0x00, 0x61, 0x73, 0x6d,                         // "\0asm", the magic number
    0x01, 0x00, 0x00, 0x00,                         // version 1
    0x01, 0x34,                                     // type section, 52 bytes
        0x09,                                       // 9 types
        0x5f, 0x01, 0x7e, 0x00,                     // (type $box (struct (field $value i64)))
        0x60, 0x01, 0x7f, 0x01, 0x7f,               // (type (func (param i32) (result i32)))
        0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f,         // (type (func (param i32 i32) (result i32)))
        0x60, 0x00, 0x01, 0x7f,                     // (type (func (result i32)))
        0x60, 0x01, 0x7e, 0x01, 0x64, 0x6d,         // (type (func (param i64) (result (ref eq))))
        0x60, 0x01, 0x64, 0x6d, 0x01, 0x7e,         // (type (func (param (ref eq)) (result i64)))
        0x60, 0x01, 0x7e, 0x01, 0x7f,               // (type (func (param i64) (result i32)))
        0x60, 0x02, 0x64, 0x6d, 0x64, 0x6d, 0x01, 0x64, 0x6d, // (type (func (param (ref eq) (ref eq)) (result (ref eq))))
        0x60, 0x02, 0x7e, 0x7e, 0x01, 0x7e,         // (type (func (param i64 i64) (result i64)))
    0x03, 0x0a,                                     // function section, 10 bytes
        0x09,                                       // 9 functions
        0x01,                                       // (func (export "signed") (param $value i32) (result i32))
        0x01,                                       // (func (export "unsigned") (param $value i32) (result i32))
        0x02,                                       // (func (export "equal") (param $left i32) (param $right i32) (result i32))
        0x03,                                       // (func (export "ten") (result i32))
        0x04,                                       // (func $wrap (param $value i64) (result (ref eq)))
        0x05,                                       // (func $unwrap (param $reference (ref eq)) (result i64))
        0x06,                                       // (func (export "is_boxed") (param $value i64) (result i32))
        0x07,                                       // (func $add (param $left (ref eq)) (param $right (ref eq)) (result (ref eq)))
        0x08,                                       // (func (export "add") (param $left i64) (param $right i64) (result i64))
    0x06, 0x08,                                     // global section, 8 bytes
        0x01,                                       // 1 global
        0x6c, 0x00, 0x41, 0x0a, 0xfb, 0x1c, 0x0b,   // (global $ten i31ref (ref.i31 (i32.const 10)))
    0x07, 0x34,                                     // export section, 52 bytes
        0x06,                                       // 6 exports
        0x06, 0x73, 0x69, 0x67, 0x6e, 0x65, 0x64,   // "signed"
        0x00, 0x00,                                 // function 0
        0x08, 0x75, 0x6e, 0x73, 0x69, 0x67, 0x6e, 0x65, 0x64, // "unsigned"
        0x00, 0x01,                                 // function 1
        0x05, 0x65, 0x71, 0x75, 0x61, 0x6c,         // "equal"
        0x00, 0x02,                                 // function 2
        0x03, 0x74, 0x65, 0x6e,                     // "ten"
        0x00, 0x03,                                 // function 3
        0x08, 0x69, 0x73, 0x5f, 0x62, 0x6f, 0x78, 0x65, 0x64, // "is_boxed"
        0x00, 0x06,                                 // function 6
        0x03, 0x61, 0x64, 0x64,                     // "add"
        0x00, 0x08,                                 // function 8
    0x0a, 0x87, 0x01,               // code section, 135 bytes
        0x09,                       // 9 bodies
        0x08,                       // (func (export "signed") (param $value i32) (result i32))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $value
            0xfb, 0x1c,             // ref.i31
            0xfb, 0x1d,             // i31.get_s
            0x0b,                   // end
        0x08,                       // (func (export "unsigned") (param $value i32) (result i32))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $value
            0xfb, 0x1c,             // ref.i31
            0xfb, 0x1e,             // i31.get_u
            0x0b,                   // end
        0x0b,                       // (func (export "equal") (param $left i32) (param $right i32) (result i32))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $left
            0xfb, 0x1c,             // ref.i31
            0x20, 0x01,             // local.get $right
            0xfb, 0x1c,             // ref.i31
            0xd3,                   // ref.eq
            0x0b,                   // end
        0x06,                       // (func (export "ten") (result i32))
            0x00,                   // no locals
            0x23, 0x00,             // global.get $ten
            0xfb, 0x1d,             // i31.get_s
            0x0b,                   // end
        0x1c,                       // (func $wrap (param $value i64) (result (ref eq)))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $value
            0x20, 0x00,             // local.get $value
            0x42, 0x21,             // i64.const 33
            0x86,                   // i64.shl
            0x42, 0x21,             // i64.const 33
            0x87,                   // i64.shr_s
            0x51,                   // i64.eq
            0x04, 0x64, 0x6d,       // if (result (ref eq))
                0x20, 0x00,         // local.get $value
                0xa7,               // i32.wrap_i64
                0xfb, 0x1c,         // ref.i31
            0x05,                   // else
                0x20, 0x00,         // local.get $value
                0xfb, 0x00, 0x00,   // struct.new $box
            0x0b,                   // end
            0x0b,                   // end
        0x1c,                       // (func $unwrap (param $reference (ref eq)) (result i64))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $reference
            0xfb, 0x14, 0x6c,       // ref.test (ref i31)
            0x04, 0x7e,             // if (result i64)
                0x20, 0x00,         // local.get $reference
                0xfb, 0x16, 0x6c,   // ref.cast (ref i31)
                0xfb, 0x1d,         // i31.get_s
                0xac,               // i64.extend_i32_s
            0x05,                   // else
                0x20, 0x00,         // local.get $reference
                0xfb, 0x16, 0x00,   // ref.cast (ref $box)
                0xfb, 0x02, 0x00, 0x00, // struct.get $box $value
            0x0b,                   // end
            0x0b,                   // end
        0x09,                       // (func (export "is_boxed") (param $value i64) (result i32))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $value
            0x10, 0x04,             // call $wrap
            0xfb, 0x14, 0x00,       // ref.test (ref $box)
            0x0b,                   // end
        0x0d,                       // (func $add (param $left (ref eq)) (param $right (ref eq)) (result (ref eq)))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $left
            0x10, 0x05,             // call $unwrap
            0x20, 0x01,             // local.get $right
            0x10, 0x05,             // call $unwrap
            0x7c,                   // i64.add
            0x10, 0x04,             // call $wrap
            0x0b,                   // end
        0x0e,                       // (func (export "add") (param $left i64) (param $right i64) (result i64))
            0x00,                   // no locals
            0x20, 0x00,             // local.get $left
            0x10, 0x04,             // call $wrap
            0x20, 0x01,             // local.get $right
            0x10, 0x04,             // call $wrap
            0x10, 0x07,             // call $add
            0x10, 0x05,             // call $unwrap
            0x0b,                   // end
];
