//! The folded instructions of a form, with the numbers and types of their operands and results.

use super::context::{Context, Site};
use super::operands::{canonical, fixed_results, label};
use super::shape::{GroupKind, Item, Shape};
use wasmparser::{BlockType, ModuleArity, Operator, ValType, WasmModuleResources};

/// The number of operands and of results.
type Arity = (usize, usize);

/// The tree, with what the module says about its instructions. Labels are those at the instruction with the error.
pub(super) struct Folds<'f> {
    pub(super) context: &'f Context<'f>,
    pub(super) site: &'f Site<'f>,
    pub(super) shape: &'f Shape,
}

impl<'f> Folds<'f> {
    pub(super) fn new(context: &'f Context<'f>, site: &'f Site<'f>) -> Folds<'f> {
        Folds { context, site, shape: context.shape.get_or_init(|| Shape::of(context.spans)) }
    }

    pub(super) fn operator(&self, word: u32) -> Option<Operator<'f>> {
        self.context.operator_at(*self.shape.code.get(&word)?)
    }

    /// The code offset of an instruction.
    pub(super) fn code(&self, word: u32) -> Option<u64> {
        self.shape.code.get(&word).copied()
    }

    /// The number of operands and results of an instruction. `None` after which the stack is polymorphic.
    pub(super) fn arity(&self, word: u32) -> Option<Arity> {
        let operator = self.operator(word)?;
        if is_terminal(&operator) {
            return None;
        }
        let visitor = self.site.validator;
        let (takes, gives) = operator.operator_arity(visitor)?;
        let gives = match block_type(&operator) {
            Some(ty) => visitor.block_type_arity(ty)?.1,
            None => gives,
        };
        Some((takes as usize, gives as usize))
    }

    /// The number of values that an item leaves.
    pub(super) fn gives(&self, item: Item) -> Option<usize> {
        let group = self.shape.group(item)?;
        match group.kind {
            GroupKind::Plain | GroupKind::If | GroupKind::Block => Some(self.arity(group.word)?.1),
            GroupKind::Arm | GroupKind::Other => Some(0),
        }
    }

    /// The number of operands of an instruction.
    pub(super) fn takes(&self, group: usize) -> Option<usize> {
        let word = self.shape.groups[group].word;
        // The number of operands is known even if no instruction follows.
        let operator = self.operator(word)?;
        if matches!(operator, Operator::Unreachable) {
            return None;
        }
        let visitor = self.site.validator;
        Some(operator.operator_arity(visitor)?.0 as usize)
    }

    /// The number of values that the items of a group leave, or `None` if it is unknown. Of a block, only its
    /// operands count.
    pub(super) fn own(&self, group: usize) -> Option<usize> {
        if let Some(own) = self.shape.own.borrow().get(&group) {
            return *own;
        }
        let items = &self.shape.groups[group].items;
        let own = items.iter().try_fold(0, |sum, &item| Some(sum + self.gives(item)?));
        self.shape.own.borrow_mut().insert(group, own);
        own
    }

    /// The number of operands that an instruction lacks in its parentheses.
    fn lacks(&self, item: Item) -> usize {
        match item {
            Item::Group(id) if self.has_operands(id) => match (self.takes(id), self.own(id)) {
                (Some(takes), Some(own)) => takes.saturating_sub(own),
                _ => 0,
            },
            _ => 0,
        }
    }

    /// The number of operands that all items of a group but one lack in their parentheses.
    pub(super) fn others_lack(&self, group: usize, one: usize) -> usize {
        let known = self.shape.lacks.borrow().get(&group).copied();
        let all = known.unwrap_or_else(|| {
            let all = self.shape.groups[group].items.iter().map(|&item| self.lacks(item)).sum();
            self.shape.lacks.borrow_mut().insert(group, all);
            all
        });
        all.saturating_sub(self.lacks(Item::Group(one)))
    }

    /// Whether a group is an instruction with operands in its parentheses.
    pub(super) fn has_operands(&self, group: usize) -> bool {
        matches!(self.shape.groups[group].kind, GroupKind::Plain | GroupKind::If)
    }

    /// Whether an item takes no more than is in its own parentheses.
    pub(super) fn is_closed(&self, item: Item) -> bool {
        match item {
            Item::Flat(word) => {
                let Some(operator) = self.operator(word) else { return false };
                let visitor = self.site.validator;
                matches!(operator.operator_arity(visitor), Some((0, _)))
            }
            Item::Group(id) if self.has_operands(id) => {
                matches!((self.takes(id), self.own(id)), (Some(takes), Some(own)) if own >= takes)
            }
            Item::Group(_) => true,
        }
    }

    /// The types of the values that an item leaves, if they are known without a validator.
    pub(super) fn types(&self, item: Item) -> Option<Vec<ValType>> {
        let group = self.shape.group(item)?;
        let validator = self.site.validator;
        let resources = validator.resources();
        Some(match self.operator(group.word)? {
            Operator::LocalGet { local_index } | Operator::LocalTee { local_index } => {
                vec![validator.get_local_type(local_index)?]
            }
            Operator::GlobalGet { global_index } => vec![resources.global_at(global_index)?.content_type],
            Operator::Call { function_index } => {
                let ty = resources.type_index_of_function(function_index)?;
                match &resources.sub_type_at(ty)?.composite_type.inner {
                    wasmparser::CompositeInnerType::Func(func) => func.results().to_vec(),
                    _ => return None,
                }
            }
            Operator::BrIf { relative_depth } => label(validator, relative_depth)?,
            operator => match block_type(&operator) {
                Some(BlockType::Type(ty)) => vec![canonical(validator, ty)?],
                Some(_) => return None,
                None => {
                    let at = self.shape.code.get(&group.word)?;
                    fixed_results(self.context.op(*at)?)?
                }
            },
        })
    }
}

/// Whether the stack is polymorphic after an instruction.
pub(super) fn is_terminal(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Unreachable
            | Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. }
            | Operator::ReturnCallRef { .. }
            | Operator::Throw { .. }
            | Operator::ThrowRef
            | Operator::Rethrow { .. }
    )
}

/// The type of a block.
fn block_type(operator: &Operator<'_>) -> Option<BlockType> {
    match operator {
        Operator::Block { blockty }
        | Operator::Loop { blockty }
        | Operator::If { blockty }
        | Operator::Try { blockty } => Some(*blockty),
        Operator::TryTable { try_table } => Some(try_table.ty),
        _ => None,
    }
}

/// The instruction that takes the operands of one that takes fewer.
pub(super) fn with_more_operands(mnemonic: &str) -> Option<&'static str> {
    Some(match mnemonic {
        "i32.eqz" => "i32.eq",
        "i64.eqz" => "i64.eq",
        "ref.is_null" => "ref.eq",
        "array.new_default" => "array.new",
        "struct.new_default" => "struct.new",
        _ => return None,
    })
}

/// Whether the order in which an operation is repeated makes no difference.
pub(super) fn is_associative(mnemonic: &str) -> bool {
    matches!(mnemonic.split_once('.'), Some((_, "add" | "mul" | "and" | "or" | "xor" | "min" | "max")))
}
