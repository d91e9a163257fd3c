//! `(@custom "name" (before first)? "contents"*)`: any custom section.

use super::items::{CustomSection, Items, Malformed, Result};
use crate::ast::{CustomPlace, ItemKind, Section};

pub(crate) fn section(items: &mut Items<'_, '_>) -> Result<CustomSection> {
    let name = items.utf8()?;
    let place = match items.is_next(ItemKind::Open) {
        true => place(items)?,
        false => CustomPlace::After(Section::Last),
    };
    let mut data = Vec::new();
    items.strings(&mut data);
    Ok(CustomSection { place, name, data })
}

fn place(items: &mut Items<'_, '_>) -> Result<CustomPlace> {
    items.open()?;
    let at = items.atom("`before` or `after`")?;
    let is_before = match items.text(at) {
        "before" => true,
        "after" => false,
        other => {
            let message = format!("expected `before` or `after`, found `{other}`");
            return Err(Malformed { at, message });
        }
    };
    let at = items.atom("the name of a section")?;
    let section = match items.text(at) {
        "first" if is_before => Section::First,
        "type" => Section::Type,
        "import" => Section::Import,
        "func" => Section::Func,
        "table" => Section::Table,
        "memory" => Section::Memory,
        "tag" => Section::Tag,
        "global" => Section::Global,
        "export" => Section::Export,
        "start" => Section::Start,
        "elem" => Section::Elem,
        "code" => Section::Code,
        "data" => Section::Data,
        "last" if !is_before => Section::Last,
        other => {
            return Err(Malformed { at, message: format!("`{other}` is not the name of a section here") });
        }
    };
    items.close()?;
    Ok(if is_before { CustomPlace::Before(section) } else { CustomPlace::After(section) })
}
