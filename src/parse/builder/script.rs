//! The actions of script commands.

use super::Builder;
use crate::ast::script::{
    Action, Command, CommandKind, Failure, Float, Module, ModuleSource, Subject, Value, Vector,
};
use crate::ast::{Idx, IdxKind, ValType, flags};
use crate::diagnostic::Code;
use crate::instr::Immediates;
use crate::lex::{Token, TokenKind, number, string};
use crate::span::Span;

impl Builder<'_> {
    fn decoded(&mut self, t: Token) -> String {
        self.name(t);
        String::from_utf8_lossy(&string::decode(self.text(t.span()))).into_owned()
    }

    /// Returns the name of an identifier token.
    fn id_name(&self, t: Token) -> String {
        crate::lex::id_name(self.text(t.span())).into_owned()
    }

    fn command(&mut self, span: Span, kind: CommandKind) {
        self.script.commands.push(Command { span, kind });
    }

    pub(crate) fn module_command(&mut self, _m: Token) {
        if let Some((span, kind)) = self.script.instance.take() {
            return self.command(span, kind);
        }
        if let Some(module) = self.script.module.take() {
            let span = module.span;
            self.script.commands.push(Command { span, kind: CommandKind::Module(module) });
        }
    }

    pub(crate) fn register(&mut self, s: Token, n: Token, x: Option<Token>, e: Token) {
        let name = self.decoded(n);
        let module = x.map(|t| self.id_name(t));
        self.command(s.span().to(e.span()), CommandKind::Register { name, module });
    }

    pub(crate) fn action_command(&mut self) {
        if let Some(action) = self.script.action.take() {
            self.script
                .commands
                .push(Command { span: self.script.action_span, kind: CommandKind::Action(action) });
        }
    }

    pub(crate) fn assert_return(&mut self, s: Token, e: Token) {
        let values = std::mem::take(&mut self.script.values);
        if let Some(action) = self.script.action.take() {
            self.command(s.span().to(e.span()), CommandKind::AssertReturn(action, values));
        }
    }

    fn failure(&self, s: Token) -> Failure {
        let text = self.text(s.span());
        match text.rsplit(|c: char| c != '_' && !c.is_ascii_lowercase()).next().unwrap_or("") {
            "assert_exhaustion" => Failure::Exhaustion,
            "assert_suspension" => Failure::Suspension,
            "assert_exception" => Failure::Exception,
            "assert_malformed" => Failure::Malformed,
            "assert_malformed_custom" => Failure::MalformedCustom,
            "assert_invalid" => Failure::Invalid,
            "assert_invalid_custom" => Failure::InvalidCustom,
            "assert_unlinkable" => Failure::Unlinkable,
            _ => Failure::Trap,
        }
    }

    pub(crate) fn assert_action(&mut self, s: Token, m: Token, e: Token) {
        let message = self.decoded(m);
        self.assert_action_fails(s, message, e);
    }

    fn assert_action_fails(&mut self, s: Token, message: String, e: Token) {
        if let Some(action) = self.script.action.take() {
            let (failure, subject) = (self.failure(s), Subject::Action(action));
            self.command(s.span().to(e.span()), CommandKind::AssertFails { failure, subject, message });
        }
    }

    pub(crate) fn assert_exception(&mut self, s: Token, e: Token) {
        self.assert_action_fails(s, String::new(), e);
    }

    pub(crate) fn assert_module(&mut self, s: Token, _x: Token, m: Token, e: Token) {
        let message = self.decoded(m);
        match self.script.module.take() {
            Some(module) => {
                let (failure, subject) = (self.failure(s), Subject::Module(module));
                self.command(s.span().to(e.span()), CommandKind::AssertFails { failure, subject, message });
            }
            None => self.error(Code::UnexpectedToken, s.span(), "expected a module, found an instance"),
        }
    }

    pub(crate) fn thread_head(&mut self, s: Token, x: Token, m: Option<Token>) -> Token {
        if std::mem::replace(&mut self.script.in_thread, true) {
            self.error(Code::UnexpectedToken, s.span(), "a thread cannot be nested in a thread");
        }
        let name = self.id_name(x);
        let shared_module = m.map(|t| self.id_name(t));
        self.command(s.span(), CommandKind::BeginThread { name, shared_module });
        s
    }

    pub(crate) fn thread(&mut self, _s: Token, e: Token) {
        self.script.in_thread = false;
        self.command(e.span(), CommandKind::EndThread);
    }

    pub(crate) fn wait(&mut self, s: Token, x: Token, e: Token) {
        let name = self.id_name(x);
        self.command(s.span().to(e.span()), CommandKind::Wait(name));
    }

    pub(crate) fn module_name(&mut self, definition: bool, x: Option<Token>) {
        self.script.module_name = (definition, x.map(|t| self.id_name(t)));
    }

    pub(crate) fn text_module(&mut self, m: Token) -> Token {
        let (is_definition, name) = (m.code != 0, self.text_module_name(m));
        let source = ModuleSource::Text;
        self.script.module = Some(Module { span: m.span(), name, is_definition, source });
        m
    }

    fn text_module_name(&self, m: Token) -> Option<String> {
        let mut tokens = crate::lex::Lexer::plain(self.source, m.span());
        tokens.next()?;
        tokens
            .find(|token| token.kind != TokenKind::Definition)
            .filter(|token| token.kind == TokenKind::Id)
            .map(|token| self.id_name(token))
    }

    fn strings_bytes(&mut self, separator: &[u8]) -> Vec<u8> {
        let run = self.take_strings();
        let mut bytes = Vec::new();
        for &token in &self.ast.strings[run.range()] {
            string::decode_into(self.text(token), &mut bytes);
            bytes.extend_from_slice(separator);
        }
        bytes
    }

    fn given_module(&mut self, s: Token, e: Token, source: ModuleSource) -> Token {
        let (is_definition, name) = std::mem::take(&mut self.script.module_name);
        self.script.module = Some(Module { span: s.span().to(e.span()), name, is_definition, source });
        s
    }

    pub(crate) fn binary_module(&mut self, s: Token, e: Token) -> Token {
        let bytes = self.strings_bytes(b"");
        self.given_module(s, e, ModuleSource::Binary(bytes))
    }

    pub(crate) fn quote_module(&mut self, s: Token, e: Token) -> Token {
        let bytes = self.strings_bytes(b" ");
        self.given_module(s, e, ModuleSource::Quote(bytes))
    }

    pub(crate) fn instance(&mut self, s: Token, x: Option<Token>, y: Option<Token>, e: Token) -> Token {
        let name = x.map(|t| self.id_name(t));
        let module = y.map(|t| self.id_name(t));
        self.script.instance = Some((s.span().to(e.span()), CommandKind::Instance { name, module }));
        s
    }

    pub(crate) fn invoke(&mut self, s: Token, x: Option<Token>, n: Token, e: Token) {
        self.script.action_span = s.span().to(e.span());
        let module = x.map(|t| self.id_name(t));
        let args = std::mem::take(&mut self.script.values);
        let name = self.decoded(n);
        self.script.action = Some(Action::Invoke { module, name, args });
    }

    pub(crate) fn get(&mut self, s: Token, x: Option<Token>, n: Token, e: Token) {
        self.script.action_span = s.span().to(e.span());
        let module = x.map(|t| self.id_name(t));
        let name = self.decoded(n);
        self.script.action = Some(Action::Get { module, name });
    }

    fn pattern<T>(&mut self, n: Token, bits: impl FnOnce(&mut Self) -> T) -> Float<T> {
        match (n.kind, n.code) {
            (TokenKind::NanPattern, 0) => Float::CanonicalNan,
            (TokenKind::NanPattern, _) => Float::ArithmeticNan,
            _ => Float::Bits(bits(self)),
        }
    }

    fn f32_pattern(&mut self, n: Token) -> Float<u32> {
        self.pattern(n, |b| b.float(n, number::F32, "f32") as u32)
    }

    fn f64_pattern(&mut self, n: Token) -> Float<u64> {
        self.pattern(n, |b| b.float(n, number::F64, "f64"))
    }

    pub(crate) fn value_num(&mut self, o: Token, n: Token) {
        let value = match o.op().immediates() {
            Immediates::I32 => Value::I32(self.integer(n, 32) as u32),
            Immediates::I64 => Value::I64(self.integer(n, 64)),
            Immediates::F32 => Value::F32(self.f32_pattern(n)),
            _ => Value::F64(self.f64_pattern(n)),
        };
        self.script.values.push(value);
    }

    pub(crate) fn value_instr(&mut self, i: Token) {
        let immediate = Token::number(i.immediate());
        match i.op().immediates() {
            Immediates::I32 | Immediates::I64 | Immediates::F32 | Immediates::F64 => {
                self.value_num(i, immediate)
            }
            Immediates::Func if self.text(i.immediate()).starts_with('$') => {
                self.script.values.push(Value::Ref("func", None));
            }
            Immediates::Func => {
                let number = self.unsigned(immediate, 32) as u32;
                self.script.values.push(Value::Ref("func", Some(number)));
            }
            _ => self.value_ref(i, None),
        }
    }

    pub(crate) fn value_v128(&mut self, o: Token, s: Token) {
        let vector = match s.code {
            4 | 5 => {
                let width = if s.code == 4 { 4 } else { 8 };
                let nums = self.take_nums(o, 16 / width);
                if nums.len() != 16 / width {
                    return;
                }
                if width == 4 {
                    Vector::F32x4(std::array::from_fn(|i| self.f32_pattern(nums[i])))
                } else {
                    Vector::F64x2(std::array::from_fn(|i| self.f64_pattern(nums[i])))
                }
            }
            shape => {
                let bytes = self.vector(s);
                match shape {
                    0 => Vector::I8x16(bytes),
                    1 => Vector::I16x8(lanes(&bytes, |lane| u16::from_le_bytes(*lane))),
                    2 => Vector::I32x4(lanes(&bytes, |lane| u32::from_le_bytes(*lane))),
                    _ => Vector::I64x2(lanes(&bytes, |lane| u64::from_le_bytes(*lane))),
                }
            }
        };
        self.script.values.push(Value::V128(vector));
    }

    pub(crate) fn value_null(&mut self, _o: Token, t: Option<ValType>) {
        let heap_type = t.map(|t| match t.idx.get() {
            IdxKind::Number(number) if t.has(flags::CONCRETE) => number.to_string(),
            IdxKind::Name(slot) if t.has(flags::CONCRETE) => {
                self.text(self.ast.names[slot as usize]).to_owned()
            }
            _ => {
                let rest = Span::new(t.start, self.source.len() as u32);
                let word = crate::lex::Lexer::plain(self.source, rest).next();
                word.map_or(String::new(), |word| self.text(word.span()).to_owned())
            }
        });
        self.script.values.push(Value::RefNull(heap_type));
    }

    pub(crate) fn value_ref(&mut self, o: Token, n: Option<Token>) {
        const KINDS: &[&str] = &[
            "ref.extern",
            "ref.host",
            "ref.func",
            "ref.any",
            "ref.eq",
            "ref.i31",
            "ref.i31_shared",
            "ref.struct",
            "ref.array",
            "ref.exn",
            "ref.cont",
        ];
        let text = self.text(o.span());
        match KINDS.iter().find(|kind| **kind == text) {
            Some(kind) => {
                let number = n.map(|t| self.unsigned(t, 32) as u32);
                self.script.values.push(Value::Ref(&kind["ref.".len()..], number));
            }
            None => self.error(Code::UnexpectedToken, o.span(), format!("expected a value, found `{text}`")),
        }
    }

    pub(crate) fn value_func(&mut self, o: Token, x: Idx) {
        match x.get() {
            IdxKind::Number(number) if o.op().immediates() == Immediates::Func => {
                self.script.values.push(Value::Ref("func", Some(number)));
            }
            IdxKind::Name(_) if o.op().immediates() == Immediates::Func => {
                self.script.values.push(Value::Ref("func", None));
            }
            _ => self.value_ref(o, None),
        }
    }

    pub(crate) fn either_head(&mut self) {
        self.script.eithers.push(self.script.values.len());
    }

    pub(crate) fn either(&mut self) {
        // A nested `either` adds alternatives to the outer one.
        if let Some(start) = self.script.eithers.pop()
            && self.script.eithers.is_empty()
        {
            let values = self.script.values.split_off(start);
            self.script.values.push(Value::Either(values));
        }
    }
}

/// Returns the lanes of a vector.
fn lanes<T, const N: usize, const WIDTH: usize>(
    bytes: &[u8; 16],
    lane: impl Fn(&[u8; WIDTH]) -> T,
) -> [T; N] {
    let (chunks, _) = bytes.as_chunks::<WIDTH>();
    std::array::from_fn(|i| lane(&chunks[i]))
}
