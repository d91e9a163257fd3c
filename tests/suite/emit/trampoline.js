// Made from trampoline.wat by gcwat; do not edit.
export default new Uint8Array([
    0x00, 0x61, 0x73, 0x6d,                         // "\0asm", the magic number
    0x01, 0x00, 0x00, 0x00,                         // version 1
    0x01, 0x1a,                                     // type section, 26 bytes
        0x05,                                       // 5 types
        0x60, 0x00, 0x01, 0x7f,                     // (type $type0 (func (result i32)))
        0x60, 0x01, 0x7f, 0x01, 0x7f,               // (type $type1 (func (param i32) (result i32)))
        0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f,         // (type $type2 (func (param i32 i32) (result i32)))
        0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f,   // (type $type3 (func (param i32 i32 i32) (result i32)))
        0x60, 0x00, 0x00,                           // (type $blocktype (func))
    0x02, 0x09,                                     // import section, 9 bytes
        0x01,                                       // 1 import
        0x01, 0x65,                                 // "e"
        0x01, 0x74,                                 // "t"
        0x01, 0x70, 0x00, 0x00,                     // (import "e" "t" (table $funcs 0 funcref))
    0x03, 0x02,                                     // function section, 2 bytes
        0x01,                                       // 1 function
        0x01,                                       // (func $f (export "f") (type $type1) (param $fptr i32) (result i32))
    0x07, 0x05,                                     // export section, 5 bytes
        0x01,                                       // 1 export
        0x01, 0x66,                                 // "f"
        0x00, 0x00,                                 // function $f
    0x0a, 0x38,                     // code section, 56 bytes
        0x01,                       // 1 body
        0x36,                       // (func $f (export "f") (type $type1) (param $fptr i32) (result i32))
            0x01, 0x01, 0x70,       // (local $fref funcref)
            0x20, 0x00,             // local.get $fptr
            0x25, 0x00,             // table.get $funcs
            0x22, 0x01,             // local.tee $fref
            0xfb, 0x14, 0x03,       // ref.test (ref $type3)
            0x04, 0x04,             // if (type $blocktype)
                0x41, 0x03,         // i32.const 3
                0x0f,               // return
            0x0b,                   // end
            0x20, 0x01,             // local.get $fref
            0xfb, 0x14, 0x02,       // ref.test (ref $type2)
            0x04, 0x04,             // if (type $blocktype)
                0x41, 0x02,         // i32.const 2
                0x0f,               // return
            0x0b,                   // end
            0x20, 0x01,             // local.get $fref
            0xfb, 0x14, 0x01,       // ref.test (ref $type1)
            0x04, 0x04,             // if (type $blocktype)
                0x41, 0x01,         // i32.const 1
                0x0f,               // return
            0x0b,                   // end
            0x20, 0x01,             // local.get $fref
            0xfb, 0x14, 0x00,       // ref.test (ref $type0)
            0x04, 0x04,             // if (type $blocktype)
                0x41, 0x00,         // i32.const 0
                0x0f,               // return
            0x0b,                   // end
            0x41, 0x7f,             // i32.const -1
            0x0b,                   // end
]);
