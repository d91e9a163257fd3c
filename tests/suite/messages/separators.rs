//! Tokens around a separator are reported as they are written, not joined.

use gcwat::Assembler;

/// Wrong texts with one error, and its message.
const TEXTS: &[(&str, &str)] = &[
    ("(func (param i32,i64))", "`,` separates nothing here"),
    ("(import \"a\",\"b\" (func))", "`,` separates nothing here"),
    ("(table 1,0x10 funcref)", "`,` separates nothing here"),
    ("(memory 1) (func (drop (i32.load offset=1,align=4 (i32.const 1))))", "`,` separates nothing here"),
    ("(func (drop (v128.const i32x4 1,2,3,4)))", "`,` separates nothing here"),
    ("(func (drop (i32.const,1)))", "`,` separates nothing here"),
    ("(func (block (br_table 1,000 (i32.const 1))))", "`,` separates nothing here"),
    (
        "(func (local i32) local.get 0;drop\n)",
        "`;` separates nothing: instructions follow each other without it",
    ),
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
