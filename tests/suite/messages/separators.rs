//! Tokens around a separator are reported as they are written, not joined.

use gcwat::Assembler;

/// Wrong texts with one error, and its message.
const TEXTS: &[(&str, &str)] = &[
    ("(func (param i32,i64))", "unexpected `,`"),
    ("(import \"a\",\"b\" (func))", "unexpected `,`"),
    ("(table 1,0x10 funcref)", "unexpected `,`"),
    ("(memory 1) (func (drop (i32.load offset=1,align=4 (i32.const 1))))", "unexpected `,`"),
    ("(func (drop (v128.const i32x4 1,2,3,4)))", "unexpected `,`"),
    ("(func (drop (i32.const,1)))", "unexpected `,`"),
    ("(func (block (br_table 1,000 (i32.const 1))))", "unexpected `,`"),
    ("(func (local i32) local.get 0;drop\n)", "unexpected `;`: instructions follow each other without it"),
    ("(memory 1 (pagesize 4294967296))", "`4294967296` does not fit into 32 bits"),
];

#[test]
fn tokens_around_a_separator_are_not_joined() {
    for (text, message) in TEXTS {
        let found = Assembler::new().check(text);
        let messages: Vec<&str> = found.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, [*message], "{text}");
    }
}
