//! Generates deterministic texts for benchmarks, similar to the output of compilers and printers.

use std::fmt::Write;

/// The style of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One instruction on each line, with indices.
    Flat,
    /// Folded instructions.
    Folded,
    /// Flat, with identifiers for all definitions.
    Names,
    /// Flat, with garbage collection, vectors, data strings and comments.
    Mixed,
    /// Flat, with a comment on most lines.
    Comments,
}

/// All styles with their names.
pub const STYLES: &[(&str, Style)] = &[
    ("flat", Style::Flat),
    ("folded", Style::Folded),
    ("names", Style::Names),
    ("mixed", Style::Mixed),
    ("comments", Style::Comments),
];

/// Generates a valid module with a text of about `size` bytes.
pub fn module(style: Style, size: usize) -> String {
    let mut writer = Writer { style, out: String::new(), seed: 1, indent: 2 };
    writer.module(size);
    writer.out
}

const LOCALS: u32 = 6;

struct Writer {
    style: Style,
    out: String,
    seed: u64,
    indent: usize,
}

impl Writer {
    fn random(&mut self, below: u32) -> u32 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as u32 % below
    }

    fn name(&self, space: &str, number: u32) -> String {
        match self.style {
            Style::Names => format!("$a_{space}_of_some_length_{number}"),
            _ => number.to_string(),
        }
    }

    fn line(&mut self, text: &str) {
        let indent = self.indent;
        let _ = write!(self.out, "{:indent$}{text}", "");
        if self.style == Style::Comments {
            let prose = self.prose();
            let _ = match self.random(8) {
                0..4 => write!(self.out, " ;; {prose}"),
                4 => write!(self.out, " (; {prose} ;)"),
                5 => write!(self.out, "\n{:indent$};; {prose}", ""),
                _ => Ok(()),
            };
        }
        self.out.push('\n');
    }

    /// Writes a comment of up to ten words.
    fn prose(&mut self) -> String {
        let words = [
            "the",
            "value",
            "of",
            "local",
            "is",
            "loaded",
            "here",
            "(see",
            "\"above\")",
            "it's",
            "a",
            "pointer;",
        ];
        let words = (0..1 + self.random(10)).map(|_| words[self.random(words.len() as u32) as usize]);
        words.collect::<Vec<_>>().join(" ")
    }

    fn module(&mut self, size: usize) {
        self.out.push_str("(module\n");
        self.line("(type (;0;) (func (param i32 i32 i32) (result i32)))");
        if self.style == Style::Mixed {
            self.line("(type $point (struct (field $x (mut i32)) (field $y (mut f64))))");
            self.line("(type $bytes (array (mut i8)))");
        }
        self.line("(memory (;0;) 16)");
        self.line("(table (;0;) 4 funcref)");
        let mut count = 0;
        while self.out.len() < size {
            self.func(count);
            if self.style == Style::Mixed {
                self.data(count);
            }
            count += 1;
        }
        self.out.push_str(")\n");
    }

    fn func(&mut self, number: u32) {
        let id = match self.style {
            Style::Names => self.name("function", number),
            _ => format!("(;{number};)"),
        };
        let params: String = match self.style {
            Style::Names => {
                (0..3).map(|local| format!(" (param {} i32)", self.name("local", local))).collect()
            }
            _ => " (param i32 i32 i32)".to_owned(),
        };
        let export = format!("(export \"function {number}\")");
        self.line(&format!("(func {id} {export}{params} (result i32)"));
        self.indent += 2;
        match self.style {
            Style::Names => {
                for local in 3..LOCALS {
                    let name = self.name("local", local);
                    self.line(&format!("(local {name} i32)"));
                }
            }
            _ => self.line("(local i32 i32 i32)"),
        }
        for _ in 0..12 {
            self.statement(number, 0);
        }
        if self.style == Style::Mixed {
            self.mixed();
        }
        self.value(3);
        self.indent -= 2;
        self.line(")");
    }

    /// Writes an instruction and its operands.
    fn node(&mut self, instr: &str, operands: u32, depth: u32) {
        if self.style != Style::Folded {
            for _ in 0..operands {
                self.value(depth);
            }
            return self.line(instr);
        }
        if operands == 0 {
            return self.line(&format!("({instr})"));
        }
        self.line(&format!("({instr}"));
        self.indent += 2;
        for _ in 0..operands {
            self.value(depth);
        }
        self.indent -= 2;
        self.out.pop();
        self.out.push_str(")\n");
    }

    fn value(&mut self, depth: u32) {
        let local = self.random(LOCALS);
        let local = self.name("local", local);
        let number = self.random(100_000);
        match if depth == 0 { self.random(3) } else { self.random(8) } {
            0 | 1 => self.node(&format!("local.get {local}"), 0, 0),
            2 => self.node(&format!("i32.const {number}"), 0, 0),
            3 => self.node(&format!("i32.load offset={}", number % 64 * 4), 1, depth - 1),
            4 => self.node("i32.eqz", 1, depth - 1),
            5 => self.node(&format!("local.tee {local}"), 1, depth - 1),
            6 => self.node("i32.add", 2, depth - 1),
            _ => self.node("i32.lt_u", 2, depth - 1),
        }
    }

    fn statement(&mut self, func: u32, depth: u32) {
        let local = self.random(LOCALS);
        let local = self.name("local", local);
        match self.random(if depth > 4 { 4 } else { 6 }) {
            0 => self.node(&format!("local.set {local}"), 1, 3),
            1 => self.node("i32.store offset=8", 2, 2),
            2 => {
                let callee = self.random(func + 1);
                let callee = self.name("function", callee);
                let (call, set) = (format!("call {callee}"), format!("local.set {local}"));
                if self.style == Style::Folded {
                    self.line(&format!("({set}"));
                    self.indent += 2;
                    self.node(&call, 3, 1);
                    self.indent -= 2;
                    self.out.pop();
                    return self.out.push_str(")\n");
                }
                self.node(&call, 3, 1);
                self.line(&set);
            }
            3 => self.node("drop", 1, 2),
            4 => self.block(func, depth),
            _ => self.branch(func, depth),
        }
    }

    fn block(&mut self, func: u32, depth: u32) {
        let label = match self.style {
            Style::Names => format!("$label{depth}"),
            _ => format!(" ;; label = @{}", depth + 1),
        };
        let (open, target) = match self.style {
            Style::Names => (format!("block {label}"), label),
            _ => (format!("block {label}"), "0 (;@1;)".to_owned()),
        };
        let folded = self.style == Style::Folded;
        self.line(&format!("{}{open}", if folded { "(" } else { "" }));
        self.indent += 2;
        self.statement(func, depth + 1);
        self.node(&format!("br_if {target}"), 1, 1);
        self.statement(func, depth + 1);
        self.indent -= 2;
        self.line(if folded { ")" } else { "end" });
    }

    fn branch(&mut self, func: u32, depth: u32) {
        if self.style != Style::Folded {
            self.value(2);
            self.line("if");
            self.indent += 2;
            self.statement(func, depth + 1);
            self.indent -= 2;
            self.line("else");
            self.indent += 2;
            self.statement(func, depth + 1);
            self.indent -= 2;
            return self.line("end");
        }
        self.line("(if");
        self.indent += 2;
        self.value(2);
        for part in ["(then", "(else"] {
            self.line(part);
            self.indent += 2;
            self.statement(func, depth + 1);
            self.indent -= 2;
            self.line(")");
        }
        self.indent -= 2;
        self.line(")");
    }

    /// Writes instructions of features that only some modules use.
    fn mixed(&mut self) {
        let number = self.random(1000);
        self.line(";; a comment that explains what follows, as people write them");
        self.line("local.get 0");
        self.line(&format!("f64.const {number}.25e-3"));
        self.line("struct.new $point");
        self.line("struct.get $point $x");
        self.line("local.set 1");
        self.line("i32.const 12");
        self.line("array.new_default $bytes");
        self.line("array.len");
        self.line("(; a longer comment (; with another in it ;) and a \"quote ;)");
        self.line("drop");
        self.line(&format!("v128.const i32x4 0x{number:x} 2 3 -4"));
        self.line("local.get 2");
        self.line("i32x4.splat");
        self.line("i32x4.add");
        self.line("i32x4.extract_lane 3");
        self.line("local.get 0");
        self.line("local.get 1");
        self.line("local.get 2");
        self.line("call_indirect (type 0)");
        self.line("local.set 2");
        self.line("block ;; label = @1");
        self.line("local.get 2");
        self.line("br_table 0 (;@1;) 0 (;@1;) 0 (;@1;)");
        self.line("end");
    }

    fn data(&mut self, number: u32) {
        let mut text = format!("(data (;{number};) (i32.const {number}) \"");
        for _ in 0..40 {
            let byte = self.random(256);
            let _ = write!(text, "\\{byte:02x}text \\\"and\\\" more\\n\\00\\00\\00");
        }
        text.push_str("\")");
        self.line(&text);
    }
}
