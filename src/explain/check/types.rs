//! The rules about types: references out of a group, supertypes that do not match.

use super::declared::Declared;
use super::locate;
use super::skeleton::TypeFault;
use super::verdict::{Rule, TypeKind, Verdict};
use super::words;
use crate::ast::{Ast, CompType, Field, Idx, TypeDef, TypeUse, ValType, flags};
use crate::diagnostic::{Applicability, Code, Diagnostic, Edit, counted, with_article};
use crate::lex::TokenKind;
use crate::resolve::{IndexSpace, SymbolTable};
use crate::span::Span;

/// The type definitions of a module, by index.
pub(crate) fn definitions(ast: &Ast) -> Vec<TypeDef> {
    let groups = ast.fields.iter().filter_map(|field| match field {
        Field::Rec(group) => Some(*group),
        _ => None,
    });
    groups.flat_map(|group| ast.type_defs[group.types.range()].iter().copied()).collect()
}

/// Explains an error in the type section. `defs` has the definition of each type, or `None` for an implicit one.
pub(crate) fn explain(
    ast: &Ast,
    scope: &SymbolTable<'_>,
    declared: &Declared<'_>,
    defs: &[Option<TypeDef>],
    fault: &TypeFault,
) -> Option<Diagnostic> {
    let types = Types { ast, scope, declared, defs };
    types.explain(fault)
}

struct Types<'a, 's> {
    ast: &'a Ast,
    scope: &'a SymbolTable<'s>,
    declared: &'a Declared<'a>,
    defs: &'a [Option<TypeDef>],
}

impl Types<'_, '_> {
    fn def(&self, index: u32) -> Option<TypeDef> {
        self.defs.get(index as usize).copied().flatten()
    }

    /// The span of the declaration of a type.
    fn span_of(&self, index: u32) -> Span {
        self.declared.span_of(IndexSpace::Type, index).unwrap_or_default()
    }

    fn index(&self, idx: Idx) -> Option<u32> {
        self.scope.index(self.ast, idx, IndexSpace::Type, &mut Vec::new())
    }

    fn super_of(&self, index: u32) -> Option<u32> {
        let def = self.def(index)?;
        self.index(Idx::from_raw(*self.ast.extra[def.supers.range()].first()?))
    }

    fn explain(&self, fault: &TypeFault) -> Option<Diagnostic> {
        let verdict = &fault.verdict;
        let first = fault.types.start;
        if let Verdict::UnknownIndex { space: IndexSpace::Type, index: Some(number) } = *verdict {
            return self.unknown(fault, number.try_into().unwrap_or(u32::MAX));
        }
        let lacks_super = |index: u32| {
            self.def(index).is_some_and(|def| !def.supers.is_empty()) && self.super_of(index).is_none()
        };
        if matches!(verdict, Verdict::Rule(Rule::FinalSupertype | Rule::SupertypeMismatch))
            && fault.types.clone().any(lacks_super)
        {
            // The supertype is unknown or has an error of its own.
            return None;
        }
        if *verdict == Verdict::Rule(Rule::FinalSupertype) {
            return Some(self.final_super(fault));
        }
        if *verdict == Verdict::Rule(Rule::SupertypeMismatch) {
            return Some(self.no_match(fault));
        }
        if *verdict == Verdict::Rule(Rule::SupertypeDefinedLater) {
            let found = fault.types.clone().find_map(|index| {
                let above = self.super_of(index)?;
                (above >= index).then_some((index, above))
            });
            if let Some((index, above)) = found {
                let span = self.supertype_span(index).unwrap_or(self.span_of(index));
                let name = self.declared.type_name(above);
                let message = match above == index {
                    true => format!("the type {name} cannot be a subtype of itself"),
                    false => format!("the supertype {name} must be defined before its subtype"),
                };
                let diagnostic = Diagnostic::error(Code::InvalidSubtype, span, message);
                return Some(self.declared.with_declaration(diagnostic, IndexSpace::Type, above));
            }
        }
        if let Verdict::WrongKindOfType { expected: TypeKind::Func, index: Some(number) } = *verdict {
            return Some(self.not_a_func_type(first, number));
        }
        let code = match verdict {
            Verdict::ExceedsLimit(_) => Code::ImplementationLimit,
            Verdict::OwnRule(code, _) => *code,
            Verdict::Rule(rule) if rule.is_about_subtypes() => Code::InvalidSubtype,
            _ => Code::Invalid,
        };
        Some(Diagnostic { code, ..super::limits::error_at(self.span_of(first), verdict) })
    }

    /// Explains a type that is unknown, or defined after the group.
    fn unknown(&self, fault: &TypeFault, number: u32) -> Option<Diagnostic> {
        let source = self.declared.source;
        let name = self.declared.type_name(number);
        let is_it = |span: Span| {
            let text = &source[span.range()];
            text == name || crate::lex::number::magnitude(text) == Some((false, number.into()))
        };
        let mut found = None;
        for index in fault.types.clone() {
            let Some(def) = self.def(index) else { continue };
            let own = def.naming.id;
            found = locate::any(source, def.span, |token| {
                matches!(token.kind, TokenKind::Id | TokenKind::Nat)
                    && Some(token.span()) != own
                    && is_it(token.span())
            })
            .map(|span| (index, span));
            if found.is_some() {
                break;
            }
        }
        if found.is_none() && number == self.declared.unknown {
            // The index stands for a type whose error is reported already.
            return None;
        }
        let (index, span) = found.unwrap_or_else(|| {
            // The type may be implicit, and so be written where it is used only.
            let in_use = self.reference_to(&name).filter(|_| fault.types.start > self.declared.unknown);
            (fault.types.start, in_use.unwrap_or(self.span_of(fault.types.start)))
        });
        let Some(later) = self.def(number) else {
            // The index may be that of the type that stands for unknown ones.
            let number = self.declared.number(IndexSpace::Type, number.into());
            return Some(self.declared.unknown_index(IndexSpace::Type, number, span));
        };
        let message = format!(
            "unknown type {name} here: it is defined after this type, and only the types of one `rec` group can refer to each other"
        );
        let diagnostic = Diagnostic::error(Code::UnknownName, span, message)
            .with_label(self.span_of(number), format!("the type {name} is defined here"));
        let (Some(first), true) = (self.def(index), fault.types.len() == 1) else { return Some(diagnostic) };
        // Only if all fields between are types, they can be put into one group.
        let between = (index..=number).filter_map(|index| self.def(index)).count();
        if between as u32 != number - index + 1 {
            return Some(diagnostic);
        }
        let insert = |at: u32, text: &str| Edit { span: Span::new(at, at), replacement: text.to_owned() };
        let edits = vec![insert(first.span.start, "(rec "), insert(later.span.end, ")")];
        Some(diagnostic.with_edits(
            "move the types into one group: `(rec ...)`",
            edits,
            Applicability::MaybeIncorrect,
        ))
    }

    /// Explains a continuation of a type that is not a function type.
    fn not_a_func_type(&self, index: u32, of: u32) -> Diagnostic {
        let source = self.declared.source;
        let name = self.declared.type_name(of);
        let cont = self.def(index).and_then(|def| locate::inner(source, def.span, TokenKind::ParenCont));
        let span = cont
            .and_then(|cont| {
                locate::own(source, cont, |token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))
            })
            .unwrap_or(self.span_of(index));
        let kind = self.def(of).map_or("other", |def| match def.comp {
            CompType::Struct(_) => "struct",
            CompType::Array(_) => "array",
            CompType::Func(_) => "function",
            CompType::Cont(_) => "continuation",
        });
        let message = format!(
            "expected a function type for the continuation, found {name}, which is {} type",
            with_article(kind)
        );
        let diagnostic = Diagnostic::error(Code::WrongKindOfType, span, message);
        self.declared.with_declaration(diagnostic, IndexSpace::Type, of)
    }

    /// The first reference type in the source with this index.
    fn reference_to(&self, index: &str) -> Option<Span> {
        let source = self.declared.source;
        let mut before = None;
        locate::tokens(source, Span::new(0, source.len() as u32)).find_map(|token| {
            let is_it = before == Some(TokenKind::ParenRef) && &source[token.span().range()] == index;
            // `null` may be between `ref` and the index.
            if token.kind != TokenKind::Null {
                before = Some(token.kind);
            }
            is_it.then(|| token.span())
        })
    }

    /// The use of the supertype in the definition of a type.
    fn supertype_span(&self, index: u32) -> Option<Span> {
        let def = self.def(index)?;
        let source = self.declared.source;
        let sub = locate::inner(source, def.span, TokenKind::ParenSub)?;
        locate::own(source, sub, |token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))
    }

    fn final_super(&self, fault: &TypeFault) -> Diagnostic {
        let is_final = |index: u32| self.def(index).is_some_and(|def| def.is_final);
        let found = fault
            .types
            .clone()
            .find_map(|index| Some((index, self.super_of(index)?)).filter(|(_, above)| is_final(*above)));
        let Some((index, above)) = found else {
            return Diagnostic::error(
                Code::InvalidSubtype,
                self.span_of(fault.types.start),
                words::full(&fault.verdict),
            );
        };
        let (name, above_name) = (self.declared.type_name(index), self.declared.type_name(above));
        let span = self.supertype_span(index).unwrap_or(self.span_of(index));
        let message = format!("the type {name} cannot be a subtype of {above_name}, which is final");
        let source = self.declared.source;
        let def = self.def(above);
        let final_word =
            def.and_then(|def| locate::any(source, def.span, |token| token.kind == TokenKind::Final));
        let reason = match final_word {
            Some(_) => "it is declared with `final`",
            None => "it is not declared with `sub`",
        };
        let diagnostic = Diagnostic::error(Code::InvalidSubtype, span, message)
            .with_label(self.span_of(above), format!("{above_name} is final: {reason}"));
        let Some(def) = def else { return diagnostic };
        if let Some(word) = final_word {
            return diagnostic.with_guess(
                "remove `final`",
                Span::new(word.start, word.end + 1),
                String::new(),
            );
        }
        let comp =
            [TokenKind::ParenStruct, TokenKind::ParenArray, TokenKind::ParenFunc, TokenKind::ParenCont]
                .into_iter()
                .filter_map(|kind| locate::inner(source, def.span, kind))
                .min_by_key(|span| span.start);
        let Some(comp) = comp else { return diagnostic };
        let insert = |at: u32, text: &str| Edit { span: Span::new(at, at), replacement: text.to_owned() };
        let edits = vec![insert(comp.start, "(sub "), insert(comp.end, ")")];
        diagnostic.with_edits(
            format!("add `sub` to the definition of {above_name}: `(sub ...)`"),
            edits,
            Applicability::MaybeIncorrect,
        )
    }

    fn no_match(&self, fault: &TypeFault) -> Diagnostic {
        let found = fault.types.clone().find_map(|index| {
            let above = self.super_of(index)?;
            self.difference(index, above).map(|(span, text, other)| (index, above, span, text, other))
        });
        let Some((index, above, span, text, other)) = found else {
            let index = fault.types.clone().find(|&index| self.super_of(index).is_some());
            let index = index.unwrap_or(fault.types.start);
            let name = self.declared.type_name(index);
            let above = self.super_of(index);
            let above_name = above.map_or_else(String::new, |above| self.declared.type_name(above));
            let message = format!("the type {name} does not match its supertype {above_name}");
            let diagnostic = Diagnostic::error(Code::InvalidSubtype, self.span_of(index), message);
            return match above {
                Some(above) => self.declared.with_declaration(diagnostic, IndexSpace::Type, above),
                None => diagnostic,
            };
        };
        let (name, above_name) = (self.declared.type_name(index), self.declared.type_name(above));
        let message = format!("the type {name} does not match its supertype {above_name}: {text}");
        let diagnostic = Diagnostic::error(Code::InvalidSubtype, span, message);
        let diagnostic = match self.mutability_meant(index, above) {
            Some(meant) => diagnostic.with_guess(format!("write `{meant}`"), span, meant),
            None => diagnostic,
        };
        match other {
            Some(other) => diagnostic
                .with_label(other, format!("the declaration in {above_name}"))
                .with_label(self.span_of(above), "the supertype is declared here"),
            None => diagnostic.with_label(self.span_of(above), "the supertype is declared here"),
        }
    }

    /// The difference between a type and its supertype: the span, the text, and the span in the supertype.
    fn difference(&self, index: u32, above: u32) -> Option<(Span, String, Option<Span>)> {
        let (def, super_def) = (self.def(index)?, self.def(above)?);
        match (def.comp, super_def.comp) {
            (CompType::Struct(own), CompType::Struct(of_super)) => {
                let own_fields = &self.ast.struct_fields[own.range()];
                let super_fields = &self.ast.struct_fields[of_super.range()];
                for (n, above_field) in (0..).zip(super_fields) {
                    let other = self.declared.field(above, n);
                    let Some(field) = own_fields.get(n as usize) else {
                        let name = self.declared.field_name(above, n);
                        let counts = format!(
                            "expected at least {}, found {}",
                            counted(super_fields.len() as u64, "field"),
                            own_fields.len()
                        );
                        let text = format!(
                            "the field {name} of {} is missing: {counts}",
                            self.declared.type_name(above)
                        );
                        return Some((self.span_of(index), text, other));
                    };
                    if let Some(text) = self.field_difference(field.ty, above_field.ty) {
                        let name = self.declared.field_name(index, n);
                        let span = self.with_mut(self.declared.type_at(field.ty.start));
                        let other = other.unwrap_or_else(|| self.declared.type_at(above_field.ty.start));
                        return Some((span, format!("field {name}: {text}"), Some(other)));
                    }
                }
                None
            }
            (CompType::Array(own), CompType::Array(of_super)) => {
                let text = self.field_difference(own, of_super)?;
                let span = self.with_mut(self.declared.type_at(own.start));
                Some((span, text, Some(self.declared.type_at(of_super.start))))
            }
            (CompType::Func(own), CompType::Func(of_super)) => {
                let (own, above_use) =
                    (self.ast.type_uses[own.0 as usize], self.ast.type_uses[of_super.0 as usize]);
                let text = self.signature_difference(&own, &above_use)?;
                Some((self.span_of(index), text, None))
            }
            (own, of_super) => {
                let (own, of_super) = (kind(own), kind(of_super));
                (own != of_super)
                    .then(|| (self.span_of(index), format!("expected {of_super}, found {own}"), None))
            }
        }
    }

    /// The type of the first field that differs from the field of the supertype, if only `mut` differs.
    fn mutability_meant(&self, index: u32, above: u32) -> Option<String> {
        let (own, of_super) = match (self.def(index)?.comp, self.def(above)?.comp) {
            (CompType::Struct(own), CompType::Struct(of_super)) => {
                let mut fields = self.ast.struct_fields[own.range()]
                    .iter()
                    .zip(&self.ast.struct_fields[of_super.range()])
                    .map(|(own, of_super)| (own.ty, of_super.ty));
                fields.find(|(own, of_super)| self.field_difference(*own, *of_super).is_some())?
            }
            (CompType::Array(own), CompType::Array(of_super)) => (own, of_super),
            _ => return None,
        };
        let is_meant = own.has(flags::MUT) != of_super.has(flags::MUT) && self.same(own, of_super);
        is_meant.then(|| self.text(of_super))
    }

    /// The span of a field's type with the `mut` around it.
    fn with_mut(&self, ty: Span) -> Span {
        let before = self.declared.source[..ty.start as usize].trim_end();
        match before.strip_suffix("(mut") {
            Some(outside) => {
                let open = Span::new(outside.len() as u32, outside.len() as u32 + 4);
                locate::closed(self.declared.source, open)
            }
            None => ty,
        }
    }

    fn text(&self, t: ValType) -> String {
        let text = self.declared.source[self.declared.type_at(t.start).range()].to_owned();
        if t.has(flags::MUT) { format!("(mut {text})") } else { text }
    }

    /// The difference between two field types, or `None` if the first may be a subtype of the second.
    fn field_difference(&self, own: ValType, above: ValType) -> Option<String> {
        let differ = || Some(format!("expected {}, found {}", self.text(above), self.text(own)));
        if own.has(flags::MUT) != above.has(flags::MUT) {
            return differ();
        }
        let same = self.same(own, above);
        if own.has(flags::MUT) {
            return if same { None } else { differ() };
        }
        if same || self.may_be_sub(own, above) { None } else { differ() }
    }

    fn same(&self, a: ValType, b: ValType) -> bool {
        let mask = !flags::MUT;
        a.code == b.code
            && a.flags & mask == b.flags & mask
            && (!a.has(flags::CONCRETE) || self.index(a.idx) == self.index(b.idx))
    }

    /// Whether a type may be a subtype of another. Equal types with different indices count as different.
    fn may_be_sub(&self, own: ValType, above: ValType) -> bool {
        if !own.has(flags::REF) || !above.has(flags::REF) || (own.has(flags::NULL) && !above.has(flags::NULL))
        {
            return false;
        }
        match (own.has(flags::CONCRETE), above.has(flags::CONCRETE)) {
            (true, true) => {
                let (mut at, goal) = (self.index(own.idx), self.index(above.idx));
                let mut steps = 0;
                while let Some(index) = at {
                    if Some(index) == goal {
                        return true;
                    }
                    steps += 1;
                    at = if steps < MOST_STEPS { self.super_of(index) } else { None };
                }
                false
            }
            (true, false) => match (self.index(own.idx).and_then(|index| self.def(index)), above.code) {
                // any, eq, struct, array, func
                (Some(def), 0x6e | 0x6d) => !matches!(def.comp, CompType::Func(_) | CompType::Cont(_)),
                (Some(def), 0x6b) => matches!(def.comp, CompType::Struct(_)),
                (Some(def), 0x6a) => matches!(def.comp, CompType::Array(_)),
                (Some(def), 0x70) => matches!(def.comp, CompType::Func(_)),
                _ => true,
            },
            (false, true) => matches!(own.code, 0x71 | 0x73),
            (false, false) => {
                own.code == above.code
                    || matches!(
                        (own.code, above.code),
                        (0x6d | 0x6c | 0x6b | 0x6a | 0x71, 0x6e)
                            | (0x6c | 0x6b | 0x6a | 0x71, 0x6d)
                            | (0x71, _)
                            | (0x73, 0x70)
                            | (0x72, 0x6f)
                    )
            }
        }
    }

    fn signature_difference(&self, own: &TypeUse, above: &TypeUse) -> Option<String> {
        let params = |of: &TypeUse| -> Vec<ValType> {
            self.ast.params[of.params.range()].iter().map(|param| param.ty).collect()
        };
        let results = |of: &TypeUse| -> Vec<ValType> { self.ast.val_types[of.results.range()].to_vec() };
        let list = |types: &[ValType]| {
            let types: Vec<String> = types.iter().map(|t| self.text(*t)).collect();
            format!("[{}]", types.join(" "))
        };
        let (own_params, above_params) = (params(own), params(above));
        let fits = own_params.len() == above_params.len()
            && own_params
                .iter()
                .zip(&above_params)
                .all(|(own, above)| self.same(*own, *above) || self.may_be_sub(*above, *own));
        if !fits {
            return Some(format!(
                "expected the parameters {}, found {}",
                list(&above_params),
                list(&own_params)
            ));
        }
        let (own_results, above_results) = (results(own), results(above));
        let fits = own_results.len() == above_results.len()
            && own_results
                .iter()
                .zip(&above_results)
                .all(|(own, above)| self.same(*own, *above) || self.may_be_sub(*own, *above));
        (!fits)
            .then(|| format!("expected the results {}, found {}", list(&above_results), list(&own_results)))
    }
}

/// The maximum number of supertypes that are followed.
const MOST_STEPS: usize = 64;

fn kind(comp: CompType) -> &'static str {
    match comp {
        CompType::Func(_) => "a function type",
        CompType::Struct(_) => "a struct type",
        CompType::Array(_) => "an array type",
        CompType::Cont(_) => "a continuation type",
    }
}
