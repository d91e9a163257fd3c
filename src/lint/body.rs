//! The checks of one body, in one pass over its instructions.
//!
//! The table of roles decides what is worth a look. The pass itself follows blocks, jumps and locals.

use super::finding::{Call, Finding, Site};
use super::function::Function;
use super::role::{Kind, ROLES, Role, is};
use super::{casts, operands};
use crate::ast::{Idx, IdxKind, Instr};
use crate::diagnostic::Code;
use crate::instr::{Immediates, Op};

/// The state of the checks, whose memory is used again for the next function.
#[derive(Default)]
pub(crate) struct BodyChecker {
    frames: Vec<Frame>,
    /// By the number of a name: one more than the height of the innermost open block with this label.
    labels: Vec<u32>,
    /// The uses of locals by the number of their names, and those by index.
    named: Uses,
    numbered: Uses,
    /// The names of used locals.
    touched: Vec<u32>,
    /// The number of control instructions so far, in all functions.
    region: u32,
    state: State,
    /// Whether control may have left the function or skipped a part of it.
    may_exit: bool,
    open_ifs: u32,
    /// The number of open blocks, from the outermost, that a branch may lead to in addition.
    marked: usize,
    /// The calls that functions always make.
    pub(crate) calls: Vec<Call>,
    /// Values that are overwritten before they are read: the positions of both writes, and the index use. If the function
    /// returns instead, the second position is [`NEVER`].
    overwritten: Vec<(u32, u32, u32)>,
    /// The index use in the last write.
    last_written: Option<u32>,
}

/// An open block.
struct Frame {
    /// The position of the instruction that opens it.
    at: u32,
    op: Op,
    /// The name of its label, and the entry of `labels` before.
    label: Option<u32>,
    outer: u32,
    is_loop: bool,
    is_if: bool,
    /// Whether a branch leads to the end of the block.
    is_target: bool,
    /// Whether the end of an arm before the current one is reached.
    ends: bool,
    /// Whether the block itself is never reached.
    is_dead: bool,
}

/// Whether control reaches the next instruction.
#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Live,
    /// No, because of the jump at this position.
    Dead(u32),
    /// No, and that was reported or is not worth a report.
    Known,
}

/// The uses of locals in the function.
#[derive(Default)]
struct Uses {
    /// For each local, the bits of [`used`]. Most instructions change only these.
    bits: Vec<u8>,
    /// For each local, its last write.
    writes: Vec<Write>,
}

/// A write of a local.
#[derive(Clone, Copy, Default)]
struct Write {
    /// The number of control instructions before it.
    region: u32,
    /// The position of the instruction.
    at: u32,
}

impl Uses {
    fn len(&self) -> usize {
        self.bits.len()
    }

    fn resize(&mut self, len: usize) {
        self.bits.resize(len, 0);
        self.writes.resize(len, Write::default());
    }

    fn clear(&mut self) {
        self.bits.clear();
        self.writes.clear();
    }
}

mod used {
    pub(super) const READ: u8 = 1;
    pub(super) const WRITTEN: u8 = 2;
    /// The last write is not read yet.
    pub(super) const PENDING: u8 = 4;
}

impl BodyChecker {
    /// Clears what depends on the numbers of names.
    pub(crate) fn forget_names(&mut self) {
        self.labels.clear();
        self.named.clear();
    }

    /// Checks a function.
    pub(crate) fn check(&mut self, function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
        self.begin(function);
        let instrs = function.instrs;
        let mut before = 0;
        for (at, instr) in instrs.iter().enumerate() {
            let role = &ROLES[usize::from(instr.op.index())];
            let hit = before & role.minds;
            before = role.is;
            if hit != 0 && !is_ordinary(instrs, at, hit) {
                self.look(function, at, hit, findings);
            }
            match role.kind {
                Kind::Plain => {}
                Kind::Get => self.read(instr.imm),
                Kind::Set | Kind::Tee => self.write(instr.imm, at as u32),
                Kind::Call => self.call(function, at, findings),
                Kind::Cast => casts::check(function, at, findings),
                Kind::Store => operands::stored(function, at, findings),
                Kind::NullCheck => casts::check_null(function, at, findings),
                _ => self.control(function, at, role.kind, &mut before, findings),
            }
        }
        self.end(function, findings);
    }

    fn begin(&mut self, function: &Function<'_, '_>) {
        let names = function.ast.names.len();
        if self.named.len() < names {
            self.named.resize(names);
            self.labels.resize(names, 0);
        }
        for slot in self.touched.drain(..) {
            if let Some(bits) = self.named.bits.get_mut(slot as usize) {
                *bits = 0;
            }
        }
        self.numbered.clear();
        for frame in self.frames.drain(..) {
            if let Some(label) = frame.label.and_then(|label| self.labels.get_mut(label as usize)) {
                *label = 0;
            }
        }
        self.state = State::Live;
        self.may_exit = false;
        self.open_ifs = 0;
        self.marked = 0;
        self.region = self.region.wrapping_add(1);
        self.overwritten.clear();
        self.last_written = None;
    }

    // ------------------------------------------------------------------------------------ Locals

    /// Returns the position of a local in the uses by name or in those by index, which `is_name` says.
    #[inline]
    fn place(&mut self, raw: u32) -> Option<(bool, usize)> {
        match Idx::from_raw(raw).get() {
            IdxKind::Name(slot) => {
                let at = slot as usize;
                if *self.named.bits.get(at)? == 0 {
                    self.touched.push(slot);
                }
                Some((true, at))
            }
            IdxKind::Number(number) => self.numbered_place(number).map(|at| (false, at)),
        }
    }

    fn numbered_place(&mut self, number: u32) -> Option<usize> {
        /// The largest number of locals of a valid function.
        const MOST: u32 = 50_000;
        let at = number as usize;
        if at >= self.numbered.len() {
            if number > MOST {
                return None;
            }
            self.numbered.resize(at + 1);
        }
        Some(at)
    }

    #[inline]
    fn read(&mut self, raw: u32) {
        let Some((is_name, at)) = self.place(raw) else { return };
        let uses = if is_name { &mut self.named } else { &mut self.numbered };
        uses.bits[at] = (uses.bits[at] | used::READ) & !used::PENDING;
    }

    #[inline]
    fn write(&mut self, raw: u32, at: u32) {
        let region = self.region;
        let is_dead = self.state != State::Live;
        let Some((is_name, local)) = self.place(raw) else { return };
        let uses = if is_name { &mut self.named } else { &mut self.numbered };
        if is_dead {
            uses.bits[local] |= used::READ | used::WRITTEN;
            return;
        }
        let last = std::mem::replace(&mut uses.writes[local], Write { region, at });
        let is_overwritten = uses.bits[local] & used::PENDING != 0 && last.region == region;
        uses.bits[local] |= used::WRITTEN | used::PENDING;
        self.last_written = Some(raw);
        if is_overwritten {
            self.overwritten.push((last.at, at, raw));
        }
    }

    /// Takes note of the last write if it is not read before the function returns.
    fn leave(&mut self) {
        let region = self.region.wrapping_sub(1);
        let Some(raw) = self.last_written.take().filter(|_| self.state == State::Live) else { return };
        let Some((is_name, local)) = self.place(raw) else { return };
        let uses = if is_name { &self.named } else { &self.numbered };
        let is_unread = uses.bits[local] & (used::PENDING | used::READ) == used::PENDING | used::READ;
        if is_unread && uses.writes[local].region == region {
            self.overwritten.push((uses.writes[local].at, NEVER, raw));
        }
    }

    /// Reports on the locals of a function that is read completely.
    fn end(&mut self, function: &Function<'_, '_>, findings: &mut Vec<Finding>) {
        let wants = |code| function.cx.enabled.has(code);
        if !wants(Code::UnsetLocal) && !wants(Code::UnreadLocal) {
            return;
        }
        let is_mixed = !self.touched.is_empty() && self.numbered.len() > 0;
        if is_mixed {
            self.merge(function);
        }
        let ends_live = self.state == State::Live;
        let mut found = Vec::new();
        let region = self.region;
        let mut look = |bits: u8, write: Write, raw: u32| {
            let is_read = bits & used::READ != 0;
            let is_written = bits & used::WRITTEN != 0;
            let is_last = bits & used::PENDING != 0 && write.region == region && ends_live;
            if is_read && is_written && !is_last || bits == 0 {
                return;
            }
            found.push((bits, write, raw));
        };
        if is_mixed || self.touched.is_empty() {
            let uses = self.numbered.bits.iter().zip(&self.numbered.writes);
            (0..).zip(uses).for_each(|(number, (bits, write))| look(*bits, *write, number));
        } else {
            for &slot in &self.touched {
                let at = slot as usize;
                look(self.named.bits[at], self.named.writes[at], Idx::name(slot).raw());
            }
        }
        if found.is_empty() && self.overwritten.is_empty() || self.has_quoted_names(function) {
            return;
        }
        for (bits, write, raw) in found {
            self.report(function, bits, write, raw, findings);
        }
        // A call may leave a `try` and continue where the value is read.
        let is_sure = !is_mixed && !function.has_try();
        for &(at, next, raw) in self.overwritten.iter().filter(|_| is_sure && wants(Code::UnreadLocal)) {
            let is_default = at > 0 && function.is_default(at as usize - 1);
            if let Some(local) = function.local(raw)
                && !is_default
                && !function.is_silenced(local.id)
            {
                let next = (next != NEVER).then(|| function.site(next as usize));
                findings.push(Finding::Unread { at: function.site(at as usize), local, next });
            }
        }
    }

    /// Whether a local is used by a name in quotes, which can be spelled in several ways.
    #[cold]
    fn has_quoted_names(&self, function: &Function<'_, '_>) -> bool {
        let names = self.touched.iter().map(|&slot| function.ast.names[slot as usize]);
        let source = function.cx.symbols.source;
        names.into_iter().any(|name| source[name.range()].starts_with("$\""))
    }

    #[cold]
    fn report(
        &self,
        function: &Function<'_, '_>,
        bits: u8,
        write: Write,
        raw: u32,
        findings: &mut Vec<Finding>,
    ) {
        let wants = |code| function.cx.enabled.has(code);
        let Some(local) = function.local(raw) else { return };
        if function.is_silenced(local.id) {
            return;
        }
        let Some(first) = function.first_use(local.index) else { return };
        if bits & used::READ == 0 {
            if wants(Code::UnreadLocal) {
                findings.push(Finding::Unread { at: first, local, next: None });
            }
        } else if bits & used::WRITTEN == 0 {
            if !local.is_param && wants(Code::UnsetLocal) && !function.is_named_like_default(local.id) {
                findings.push(Finding::Unset { at: first, local });
            }
        } else if wants(Code::UnreadLocal) && !function.has_try() && !function.is_default_before(write.at) {
            findings.push(Finding::Unread { at: function.site(write.at as usize), local, next: None });
        }
    }

    /// Adds the uses by name to the uses by index.
    fn merge(&mut self, function: &Function<'_, '_>) {
        for at in 0..self.touched.len() {
            let slot = self.touched[at];
            let named = self.named.bits[slot as usize];
            let Some(index) = function.lowerer.local(slot) else { continue };
            if let Some(local) = self.numbered_place(index) {
                // The order of writes and reads is unknown.
                let bits = &mut self.numbered.bits[local];
                *bits = (*bits | named) & !used::PENDING;
            }
        }
    }

    // ----------------------------------------------------------------------------------- Control

    fn control(
        &mut self,
        function: &Function<'_, '_>,
        at: usize,
        kind: Kind,
        before: &mut u8,
        findings: &mut Vec<Finding>,
    ) {
        self.region = self.region.wrapping_add(1);
        let instr = function.instrs[at];
        match kind {
            Kind::Open => self.open(function, at, instr, findings),
            Kind::Else | Kind::Catch => {
                self.may_exit |= kind == Kind::Catch;
                let is_live = self.state == State::Live;
                let Some(frame) = self.frames.last_mut() else { return };
                frame.ends |= is_live || kind == Kind::Catch;
                frame.is_if = false;
                self.state = if frame.is_dead { State::Known } else { State::Live };
            }
            Kind::End => {
                if self.close(function, instr) {
                    *before = is::JUMP;
                }
            }
            Kind::Jump => {
                if instr.op == RETURN {
                    self.leave();
                }
                self.targets(function, instr);
                if instr.op.immediates() == Immediates::Func
                    && !self.may_exit
                    && !has_call(&function.instrs[..at])
                {
                    self.call(function, at, findings);
                }
                self.may_exit = true;
                if self.state == State::Live {
                    self.state = State::Dead(at as u32);
                }
            }
            _ => {
                self.targets(function, instr);
                self.may_exit = true;
                match instr.op.immediates() {
                    Immediates::BrOnCast => casts::check(function, at, findings),
                    Immediates::Label if instr.op != BR_IF => casts::check_null(function, at, findings),
                    _ => {}
                }
            }
        }
    }

    fn open(&mut self, function: &Function<'_, '_>, at: usize, instr: Instr, findings: &mut Vec<Finding>) {
        let immediates = instr.op.immediates();
        if immediates == Immediates::TryTable {
            self.targets(function, instr);
        }
        let is_if = immediates == Immediates::If;
        self.open_ifs += u32::from(is_if);
        self.may_exit |= matches!(immediates, Immediates::Try | Immediates::TryTable);
        let label = function.label_of(instr);
        let mut outer = 0;
        if let Some(entry) = label.and_then(|slot| self.labels.get_mut(slot as usize)) {
            outer = std::mem::replace(entry, self.frames.len() as u32 + 1);
        }
        if outer > 0
            && function.cx.enabled.has(Code::ShadowedLabel)
            && let Some(frame) = self.frames.get(outer as usize - 1)
            && let Some(slot) = label
        {
            let name = function.ast.names[slot as usize];
            if !function.is_silenced(Some(name)) {
                let outer = Site { start: function.instrs[frame.at as usize].start, op: frame.op };
                findings.push(Finding::Shadowed { at: function.site(at), outer, name });
            }
        }
        self.frames.push(Frame {
            at: at as u32,
            op: instr.op,
            label,
            outer,
            is_loop: instr.op == LOOP,
            is_if,
            is_target: false,
            ends: false,
            is_dead: self.state != State::Live,
        });
    }

    /// Closes a block. Returns whether its end was reachable before, but control never reaches what follows.
    fn close(&mut self, function: &Function<'_, '_>, instr: Instr) -> bool {
        if instr.op.immediates() == Immediates::Delegate {
            self.may_exit = true;
        }
        let Some(frame) = self.frames.pop() else { return false };
        let is_marked = self.frames.len() < self.marked;
        self.marked = self.marked.min(self.frames.len());
        if let Some(entry) = frame.label.and_then(|slot| self.labels.get_mut(slot as usize)) {
            *entry = frame.outer;
        }
        if function.instrs[frame.at as usize].op.immediates() == Immediates::If {
            self.open_ifs = self.open_ifs.saturating_sub(1);
        }
        if frame.is_dead {
            self.state = State::Known;
            return false;
        }
        let is_live = self.state == State::Live
            || (frame.is_target || is_marked) && !frame.is_loop
            || frame.ends
            || frame.is_if
            || instr.op.immediates() == Immediates::Delegate;
        if is_live {
            self.state = State::Live;
        }
        !is_live
    }

    /// Marks the blocks that an instruction may branch to.
    fn targets(&mut self, function: &Function<'_, '_>, instr: Instr) {
        function.for_each_label(instr, |raw| {
            let at = match Idx::from_raw(raw).get() {
                IdxKind::Number(number) => self.frames.len().checked_sub(number as usize + 1),
                IdxKind::Name(slot) => {
                    let height = self.labels.get(slot as usize).copied().unwrap_or(0);
                    if height == 0 {
                        // The label is spelled in another way where the block begins.
                        self.marked = self.frames.len();
                    }
                    (height as usize).checked_sub(1)
                }
            };
            if let Some(frame) = at.and_then(|at| self.frames.get_mut(at)) {
                frame.is_target = true;
            }
        });
    }

    #[inline]
    fn call(&mut self, function: &Function<'_, '_>, at: usize, findings: &mut Vec<Finding>) {
        if self.may_exit || self.open_ifs > 0 {
            return;
        }
        let callee = match Idx::from_raw(function.instrs[at].imm).get() {
            IdxKind::Number(number) => Some(number),
            IdxKind::Name(slot) => function.lowerer.func(slot),
        };
        let Some(callee) = callee.filter(|_| function.cx.enabled.has(Code::InfiniteRecursion)) else {
            return;
        };
        let (caller, at) = (function.index, function.site(at));
        let (func, id) = (function.func.span, function.func.naming.id);
        if callee == caller {
            self.may_exit = true;
            findings.push(Finding::Recursion { at, func, id });
        } else {
            self.calls.push(Call { caller, callee, at, func, id });
        }
    }

    /// Looks at an instruction together with those before it.
    #[cold]
    fn look(&mut self, function: &Function<'_, '_>, at: usize, hit: u8, findings: &mut Vec<Finding>) {
        if hit & is::JUMP != 0 {
            let State::Dead(jump) = self.state else { return };
            self.state = State::Known;
            let is_after = jump as usize + 1 != at;
            if function.cx.enabled.has(Code::UnreachableCode) && !(is_after && function.is_filler(at)) {
                let jump = function.site(jump as usize);
                let at = function.site(function.outermost(at, jump.start));
                findings.push(Finding::Unreachable { at, jump, is_after });
            }
        } else if hit & is::LOGIC != 0 {
            operands::condition(function, at, findings);
        } else {
            operands::check(function, at, hit, findings);
        }
    }
}

/// Whether an instruction calls a function. A tail call of the function itself is then an endless loop on purpose: the
/// function that is called does the work.
fn has_call(instrs: &[Instr]) -> bool {
    instrs.iter().any(|instr| instr.op.mnemonic().starts_with("call"))
}

/// Whether the operands of an instruction are ordinary without a closer look.
#[inline]
fn is_ordinary(instrs: &[Instr], at: usize, hit: u8) -> bool {
    let Some(before) = at.checked_sub(2).map(|before| instrs[before]) else { return false };
    let last = instrs[at - 1];
    let role = ROLES[usize::from(before.op.index())].is;
    if hit == is::GET {
        let is_tee = before.op == TEE && before.imm == last.imm;
        return role & (is::CONST | is::GET) == 0 && !is_tee || role == is::GET && before.imm != last.imm;
    }
    if hit != is::CONST || last.aux != 0 || role & (is::CONST | is::PURE | is::REMAINDER) != 0 {
        return false;
    }
    let Role { minds, kind, .. } = ROLES[usize::from(instrs[at].op.index())];
    let value = last.imm as i32;
    if role & is::SMALL != 0 && !(1..0xff).contains(&value)
        || role & is::SIGNED != 0 && !(-0x7f..0x7f).contains(&value)
    {
        return false;
    }
    let is_comparison = minds & is::GET != 0;
    let is_small = (1..8).contains(&value) && !instrs[at].op.mnemonic().ends_with("eqz");
    kind == Kind::Plain
        && instrs[at].op.immediates() == Immediates::No
        && (is_small || is_comparison && !matches!(value, 0 | -1 | i32::MIN | i32::MAX))
}

/// The position of a write that does not exist.
const NEVER: u32 = u32::MAX;

const RETURN: Op = Op::named("return").unwrap();
const LOOP: Op = Op::named("loop").unwrap();
const TEE: Op = Op::named("local.tee").unwrap();
const BR_IF: Op = Op::named("br_if").unwrap();
