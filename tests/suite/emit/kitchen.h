/* Made from kitchen.wat by gcwat; do not edit. */
#ifndef KITCHEN_H
#define KITCHEN_H

static const unsigned char kitchen[] = {
    0x00, 0x61, 0x73, 0x6d,                         /* "\0asm", the magic number */
    0x01, 0x00, 0x00, 0x00,                         /* version 1 */
    0x01, 0x33,                                     /* type section, 51 bytes */
        0x07,                                       /* 7 types */
        0x60, 0x02, 0x7f, 0x7f, 0x02, 0x7f, 0x7f,   /* (type $"odd * / name" (func (param i32 i32) (result i32 i32))) */
        0x4e, 0x02,                                 /* rec group of 2 types */
            0x50, 0x00, 0x5f, 0x02, 0x7e, 0x01, 0x63, 0x01, 0x00, /* (type $node (sub (struct (field $value (mut i64)) (field $next (ref null $no ... */
            0x4f, 0x01, 0x01, 0x5f, 0x03, 0x7e, 0x01, 0x63, 0x01, 0x00, 0x78, 0x00, /* (type $leaf (sub final $node (struct (field (mut i64)) (field (ref null $nod ... */
        0x5e, 0x78, 0x01,                           /* (type $bytes (array (mut i8))) */
        0x60, 0x01, 0x7f, 0x00,                     /* (type (func (param i32))) */
        0x60, 0x00, 0x00,                           /* (type (func)) */
        0x60, 0x00, 0x02, 0x7f, 0x7e,               /* (type (func (result i32 i64))) */
        0x60, 0x01, 0x7f, 0x01, 0x7f,               /* (type (func (param i32) (result i32))) */
    0x02, 0x40,                                     /* import section, 64 bytes */
        0x02,                                       /* 2 imports */
        0x03, 0x65, 0x6e, 0x76,                     /* "env" */
        0x23, 0x2a, 0x2f, 0x20, 0x65, 0x6e, 0x64, 0x73, 0x20, 0x61, 0x20, 0x63, /* "* / ends a comment, // begins one, \" */
        0x6f, 0x6d, 0x6d, 0x65, 0x6e, 0x74, 0x2c, 0x20, 0x2f, 0x2f, 0x20, 0x62,
        0x65, 0x67, 0x69, 0x6e, 0x73, 0x20, 0x6f, 0x6e, 0x65, 0x2c, 0x20, 0x5c,
        0x00, 0x04,                                 /* (import "env" "* / ends a comment, // begins one, \\" (func $log (param i32))) */
        0x03, 0x65, 0x6e, 0x76,                     /* "env" */
        0x0d, 0xe2, 0x80, 0xae, 0x74, 0x75, 0x72, 0x6e, 0x65, 0x64, 0xe2, 0x80, /* "\u{202e}turned\u{2028}\u{7f}" */
        0xa8, 0x7f,
        0x03, 0x7f, 0x00,                           /* (import "env" "\u{202e}turned\u{2028}\u{7f}" (global $base i32)) */
    0x03, 0x04,                                     /* function section, 4 bytes */
        0x03,                                       /* 3 functions */
        0x05,                                       /* (func $main) */
        0x07,                                       /* (func $branches (export "branches \\") (param $n i32) (result i32)) */
        0x00,                                       /* (func (type $"odd * / name")) */
    0x04, 0x04,                                     /* table section, 4 bytes */
        0x01,                                       /* 1 table */
        0x70, 0x00, 0x04,                           /* (table $table 4 funcref) */
    0x05, 0x06,                                     /* memory section, 6 bytes */
        0x02,                                       /* 2 memories */
        0x01, 0x01, 0x02,                           /* (memory $memory (export "memory? ?/") 1 2) */
        0x00, 0x00,                                 /* (memory 0) */
    0x0d, 0x03,                                     /* tag section, 3 bytes */
        0x01,                                       /* 1 tag */
        0x00, 0x04,                                 /* (tag $oops (param i32)) */
    0x06, 0x12,                                     /* global section, 18 bytes */
        0x02,                                       /* 2 globals */
        0x7f, 0x01, 0x41, 0x7f, 0x0b,               /* (global $count (mut i32) (i32.const -1)) */
        0x7c, 0x00, 0x44, 0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 0x09, 0x40, 0x0b, /* (global $pi f64 (f64.const 0x1.921fb54442d18p+1)) */
    0x07, 0x1a,                                     /* export section, 26 bytes */
        0x02,                                       /* 2 exports */
        0x09, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x3f, 0x3f, 0x2f, /* "memory? ?/" */
        0x02, 0x00,                                 /* memory 0 */
        0x0a, 0x62, 0x72, 0x61, 0x6e, 0x63, 0x68, 0x65, 0x73, 0x20, 0x5c, /* "branches \" */
        0x00, 0x02,                                 /* function $branches */
    0x08, 0x01,                                     /* start section, 1 byte */
        0x01,                                       /* (start $main) */
    0x09, 0x18,                                     /* element section, 24 bytes */
        0x02,                                       /* 2 element segments */
        0x00, 0x41, 0x00, 0x0b, 0x03, 0x01, 0x02, 0x01, /* (elem (i32.const 0) func $main $branches $main) */
        0x05, 0x63, 0x01, 0x02, 0xd0, 0x01, 0x0b, 0x42, 0x01, 0xd0, 0x71, 0xfb, /* (elem $spare (ref null $node) (item (ref.null $node)) (item (struct.new $nod ... */
        0x00, 0x01, 0x0b,
    0x0c, 0x01,                                     /* data count section, 1 byte */
        0x02,                                       /* 2 data segments */
    0x00, 0x20,                                     /* custom section, 32 bytes */
        0x19, 0x6d, 0x65, 0x74, 0x61, 0x64, 0x61, 0x74, 0x61, 0x2e, 0x63, 0x6f, /* "metadata.code.branch_hint" */
        0x64, 0x65, 0x2e, 0x62, 0x72, 0x61, 0x6e, 0x63, 0x68, 0x5f, 0x68, 0x69,
        0x6e, 0x74,
        0x01, 0x02, 0x01, 0x49, 0x01, 0x01,         /* "...I.." */
    0x0a, 0x95, 0x01,               /* code section, 149 bytes */
        0x03,                       /* 3 bodies */
        0x1e,                       /* (func $main) */
            0x00,                   /* no locals */
            0x23, 0x00,             /* global.get $base */
            0x41, 0xe8, 0x07,       /* i32.const 1_000 */
            0x6a,                   /* i32.add */
            0x10, 0x00,             /* call $log */
            0x02, 0x06,             /* block $out (result i32 i64) */
                0x41, 0x01,         /* i32.const 1 */
                0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f, /* i64.const -9223372036854775808 */
                0x0c, 0x00,         /* br $out */
            0x0b,                   /* end */
            0x1a,                   /* drop */
            0x1a,                   /* drop */
            0x0b,                   /* end */
        0x70,                       /* (func $branches (export "branches \\") (param $n i32) (result i32)) */
            0x03, 0x01, 0x7b, 0x02, 0x7e, 0x01, 0x63, 0x01, /* (local $v v128) (local i64 i64) (local $node (ref null $node)) */
            0x02, 0x40,             /* block $a */
                0x02, 0x40,         /* block $b */
                    0x02, 0x40,     /* block $c */
                        0x20, 0x00, /* local.get $n */
                        0x0e, 0x05, 0x02, 0x01, 0x00, 0x00, 0x01, 0x02, /* br_table $a $b $c 0 1 2 */
                    0x0b,           /* end $c */
                    0xfd, 0x0c, 0x03, 0x02, 0x01, 0x00, 0x07, 0x06, 0x05, 0x04, 0x0b, 0x0a, /* v128.const i32x4 0x00010203 0x04050607 0x08090a0b 0x0c0d0e0f */
                    0x09, 0x08, 0x0f, 0x0e, 0x0d, 0x0c,
                    0x21, 0x01,     /* local.set $v */
                0x0b,               /* end $b */
                0x42, 0x07,         /* i64.const 7 */
                0xd0, 0x01,         /* ref.null $node */
                0x41, 0x01,         /* i32.const 1 */
                0xfb, 0x00, 0x02,   /* struct.new $leaf */
                0x21, 0x04,         /* local.set $node */
            0x0b,                   /* end */
            0x02, 0x40,             /* block $done */
                0x02, 0x7f,         /* block $caught (result i32) */
                    0x1f, 0x40, 0x02, 0x00, 0x00, 0x00, 0x02, 0x01, /* try_table (catch $oops $caught) (catch_all $done) */
                        0x20, 0x00, /* local.get $n */
                        0x45,       /* i32.eqz */
                        0x04, 0x40, /* if */
                            0x41, 0x01, /* i32.const 1 */
                            0x08, 0x00, /* throw $oops */
                        0x05,       /* else */
                            0x01,   /* nop */
                        0x0b,       /* end */
                    0x0b,           /* end */
                    0x41, 0x00,     /* i32.const 0 */
                0x0b,               /* end */
                0x1a,               /* drop */
            0x0b,                   /* end */
            0x20, 0x00,             /* local.get $n */
            0x04, 0x7f,             /* if (result i32) */
                0x41, 0x04,         /* i32.const 4 */
                0x2d, 0x00, 0xff, 0xff, 0x03, /* i32.load8_u $memory offset=65535 align=1 */
            0x05,                   /* else */
                0x41, 0x00,         /* i32.const 0 */
                0x41, 0x07,         /* i32.const 7 */
                0xfb, 0x09, 0x03, 0x01, /* array.new_data $bytes $passive */
                0xfb, 0x0f,         /* array.len */
            0x0b,                   /* end */
            0x0b,                   /* end */
        0x03,                       /* (func (type $"odd * / name")) */
            0x00,                   /* no locals */
            0x00,                   /* unreachable */
            0x0b,                   /* end */
    0x0b, 0x4c,                                     /* data section, 76 bytes */
        0x02,                                       /* 2 data segments */
        0x00, 0x41, 0x08, 0x0b, 0x3d,               /* (data (memory $memory) (offset (i32.const 8)) "Hello,\00\01 world: a longer ... */
            0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x2c, 0x00, 0x01, 0x20, 0x77, 0x6f, 0x72, /* "Hello,.. wor" */
            0x6c, 0x64, 0x3a, 0x20, 0x61, 0x20, 0x6c, 0x6f, 0x6e, 0x67, 0x65, 0x72, /* "ld: a longer" */
            0x20, 0x73, 0x65, 0x67, 0x6d, 0x65, 0x6e, 0x74, 0x20, 0x74, 0x68, 0x61, /* " segment tha" */
            0x6e, 0x20, 0x6f, 0x6e, 0x65, 0x20, 0x72, 0x6f, 0x77, 0x20, 0x68, 0x61, /* "n one row ha" */
            0x73, 0x20, 0x72, 0x6f, 0x6f, 0x6d, 0x20, 0x66, 0x6f, 0x72, 0x20, 0xff, /* "s room for ." */
            0xfe,                                   /* "." */
        0x01, 0x07,                                 /* (data $passive "passive") */
            0x70, 0x61, 0x73, 0x73, 0x69, 0x76, 0x65, /* "passive" */
    0x00, 0x20,                                     /* custom section, 32 bytes */
        0x05, 0x6e, 0x6f, 0x74, 0x65, 0x73,         /* "notes" */
        0x6e, 0x6f, 0x74, 0x20, 0x66, 0x6f, 0x72, 0x20, 0x74, 0x68, 0x65, 0x20, /* "not for the " */
        0x65, 0x6e, 0x67, 0x69, 0x6e, 0x65, 0x20, 0x2a, 0x2f, 0x20, 0x2f, 0x2f, /* "engine * / //" */
        0x20, 0x5c,                                 /* " \" */
    0x00, 0xd8, 0x01,                               /* custom section, 216 bytes */
        0x04, 0x6e, 0x61, 0x6d, 0x65,               /* "name" */
        0x00, 0x08,                                 /* module names, 8 bytes */
            0x07, 0x6b, 0x69, 0x74, 0x63, 0x68, 0x65, 0x6e, /* "kitchen" */
        0x01, 0x16,                                 /* function names, 22 bytes */
            0x03,                                   /* 3 entries */
            0x00, 0x03, 0x6c, 0x6f, 0x67,           /* 0 "log" */
            0x01, 0x04, 0x6d, 0x61, 0x69, 0x6e,     /* 1 "main" */
            0x02, 0x08, 0x62, 0x72, 0x61, 0x6e, 0x63, 0x68, 0x65, 0x73, /* 2 "branches" */
        0x02, 0x0f,                                 /* local names, 15 bytes */
            0x01,                                   /* 1 entry */
            0x02, 0x03,                             /* index 2: 3 names */
                0x00, 0x01, 0x6e,                   /* 0 "n" */
                0x01, 0x01, 0x76,                   /* 1 "v" */
                0x04, 0x04, 0x6e, 0x6f, 0x64, 0x65, /* 4 "node" */
        0x03, 0x21,                                 /* label names, 33 bytes */
            0x02,                                   /* 2 entries */
            0x01, 0x01,                             /* index 1: 1 name */
                0x00, 0x03, 0x6f, 0x75, 0x74,       /* 0 "out" */
            0x02, 0x05,                             /* index 2: 5 names */
                0x00, 0x01, 0x61,                   /* 0 "a" */
                0x01, 0x01, 0x62,                   /* 1 "b" */
                0x02, 0x01, 0x63,                   /* 2 "c" */
                0x03, 0x04, 0x64, 0x6f, 0x6e, 0x65, /* 3 "done" */
                0x04, 0x06, 0x63, 0x61, 0x75, 0x67, 0x68, 0x74, /* 4 "caught" */
        0x04, 0x21,                                 /* type names, 33 bytes */
            0x04,                                   /* 4 entries */
            0x00, 0x0b, 0x6f, 0x64, 0x64, 0x20, 0x2a, 0x2f, 0x20, 0x6e, 0x61, 0x6d, /* 0 "odd * / name" */
            0x65,
            0x01, 0x04, 0x6e, 0x6f, 0x64, 0x65,     /* 1 "node" */
            0x02, 0x04, 0x6c, 0x65, 0x61, 0x66,     /* 2 "leaf" */
            0x03, 0x05, 0x62, 0x79, 0x74, 0x65, 0x73, /* 3 "bytes" */
        0x05, 0x08,                                 /* table names, 8 bytes */
            0x01,                                   /* 1 entry */
            0x00, 0x05, 0x74, 0x61, 0x62, 0x6c, 0x65, /* 0 "table" */
        0x06, 0x09,                                 /* memory names, 9 bytes */
            0x01,                                   /* 1 entry */
            0x00, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, /* 0 "memory" */
        0x07, 0x12,                                 /* global names, 18 bytes */
            0x03,                                   /* 3 entries */
            0x00, 0x04, 0x62, 0x61, 0x73, 0x65,     /* 0 "base" */
            0x01, 0x05, 0x63, 0x6f, 0x75, 0x6e, 0x74, /* 1 "count" */
            0x02, 0x02, 0x70, 0x69,                 /* 2 "pi" */
        0x08, 0x08,                                 /* element segment names, 8 bytes */
            0x01,                                   /* 1 entry */
            0x01, 0x05, 0x73, 0x70, 0x61, 0x72, 0x65, /* 1 "spare" */
        0x09, 0x0a,                                 /* data segment names, 10 bytes */
            0x01,                                   /* 1 entry */
            0x01, 0x07, 0x70, 0x61, 0x73, 0x73, 0x69, 0x76, 0x65, /* 1 "passive" */
        0x0a, 0x10,                                 /* field names, 16 bytes */
            0x01,                                   /* 1 entry */
            0x01, 0x02,                             /* index 1: 2 names */
                0x00, 0x05, 0x76, 0x61, 0x6c, 0x75, 0x65, /* 0 "value" */
                0x01, 0x04, 0x6e, 0x65, 0x78, 0x74, /* 1 "next" */
        0x0b, 0x07,                                 /* tag names, 7 bytes */
            0x01,                                   /* 1 entry */
            0x00, 0x04, 0x6f, 0x6f, 0x70, 0x73,     /* 0 "oops" */
};
static const unsigned int kitchen_len = 749;

#endif
