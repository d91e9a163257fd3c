//! Rules about sharedness that wasmparser lacks: a shared definition can only refer to shared ones.

use wasmparser::{Imports, Operator, Payload, TypeRef};

const TYPE_SECTION: u8 = 1;
const GLOBAL_SECTION: u8 = 6;

/// A violation of a rule.
pub(crate) struct SharedFault {
    /// The section id, and the index of the item in that section.
    pub(crate) section: u8,
    pub(crate) index: usize,
    /// The rule.
    pub(crate) message: &'static str,
}

/// The globals of the sections that are checked so far: whether each is shared.
#[derive(Default)]
pub(crate) struct Shared {
    globals: Vec<bool>,
}

impl Shared {
    /// Checks a section that wasmparser finds valid.
    pub(crate) fn check(&mut self, payload: &Payload<'_>) -> Vec<SharedFault> {
        let mut faults = Vec::new();
        let mut add_fault = |section, index, message| faults.push(SharedFault { section, index, message });
        match payload {
            Payload::TypeSection(types) => {
                let groups = types.clone().into_iter().filter_map(Result::ok);
                let types: Vec<_> = groups.flat_map(|group| group.into_types()).collect();
                for (index, ty) in types.iter().enumerate() {
                    let descriptor = ty.composite_type.descriptor_idx.and_then(|idx| idx.as_module_index());
                    let descriptor = descriptor.and_then(|idx| types.get(idx as usize));
                    match (ty.composite_type.shared, descriptor.map(|ty| ty.composite_type.shared)) {
                        (true, Some(false)) => {
                            add_fault(TYPE_SECTION, index, "the descriptor of a shared type must be shared");
                        }
                        (false, Some(true)) => {
                            add_fault(TYPE_SECTION, index, "only a shared type can have a shared descriptor");
                        }
                        _ => {}
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for group in imports.clone().into_iter().filter_map(Result::ok) {
                    let mut add = |ty: TypeRef, count: usize| {
                        if let TypeRef::Global(global) = ty {
                            self.globals.extend(std::iter::repeat_n(global.shared, count));
                        }
                    };
                    match group {
                        Imports::Single(_, import) => add(import.ty, 1),
                        Imports::Compact1 { items, .. } => {
                            items.into_iter().filter_map(Result::ok).for_each(|item| add(item.ty, 1));
                        }
                        Imports::Compact2 { ty, names, .. } => add(ty, names.count() as usize),
                    }
                }
            }
            Payload::GlobalSection(globals) => {
                for (index, global) in globals.clone().into_iter().filter_map(Result::ok).enumerate() {
                    let mut operators = global.init_expr.get_operators_reader();
                    while global.ty.shared && !operators.eof() {
                        let Ok(operator) = operators.read() else { break };
                        if let Operator::GlobalGet { global_index } = operator
                            && self.globals.get(global_index as usize) == Some(&false)
                        {
                            let message = "a shared global cannot be initialized from one that is not shared";
                            add_fault(GLOBAL_SECTION, index, message);
                        }
                    }
                    self.globals.push(global.ty.shared);
                }
            }
            _ => {}
        }
        faults
    }
}
