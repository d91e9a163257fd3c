//! The kinds of relocations, in one table.

/// The number that a relocation changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    I32,
    I64,
    Leb,
    Sleb,
    Leb64,
    Sleb64,
}

impl Format {
    pub(crate) const ALL: [Format; 6] =
        [Format::I32, Format::I64, Format::Leb, Format::Sleb, Format::Leb64, Format::Sleb64];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::I32 => "i32",
            Format::I64 => "i64",
            Format::Leb => "leb",
            Format::Sleb => "sleb",
            Format::Leb64 => "leb64",
            Format::Sleb64 => "sleb64",
        }
    }

    /// The number of bytes that it changes.
    pub(crate) fn size(self) -> usize {
        match self {
            Format::I32 => 4,
            Format::I64 => 8,
            Format::Leb | Format::Sleb => 5,
            Format::Leb64 | Format::Sleb64 => 10,
        }
    }
}

/// The value that a relocation writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// The position of a function in the function table.
    FuncTable,
    /// The address of a data symbol.
    Data,
    Func,
    Global,
    Table,
    Tag,
    Type,
    /// An offset in a function body, in the code section, in a segment, or in a custom section.
    CodeSegment,
    CodeSection,
    DataSection,
    CustomSection,
}

/// All methods with their names. The first name of a method is that of the proposal.
pub(crate) const METHODS: [(&str, Method); 15] = [
    ("functable", Method::FuncTable),
    ("data", Method::Data),
    ("func", Method::Func),
    ("global", Method::Global),
    ("table", Method::Table),
    ("tag", Method::Tag),
    ("type", Method::Type),
    ("codeseg", Method::CodeSegment),
    ("codesec", Method::CodeSection),
    ("datasec", Method::DataSection),
    ("customsec", Method::CustomSection),
    // Other spellings: those of an example of the proposal and of its author's tools.
    ("functbl", Method::FuncTable),
    ("function", Method::Func),
    ("text", Method::CodeSegment),
    ("custom", Method::CustomSection),
];

impl Method {
    pub(crate) fn name(self) -> &'static str {
        METHODS.iter().find(|(_, method)| *method == self).map_or("", |(name, _)| name)
    }
}

/// A change of the value for code that is loaded at any address, or for memory of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Modifier {
    Pic,
    Tls,
}

pub(crate) const MODIFIERS: [(&str, Modifier); 2] = [("pic", Modifier::Pic), ("tls", Modifier::Tls)];

/// A kind of relocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelocationKind {
    pub(crate) code: u8,
    /// The name, without `R_WASM_`.
    pub(crate) name: &'static str,
    method: Method,
    format: Format,
    modifier: Option<Modifier>,
    pub(crate) has_addend: bool,
}

impl RelocationKind {
    /// Returns the kind with this number.
    #[cfg(any(test, feature = "emit"))]
    pub(crate) fn of_code(code: u8) -> Option<&'static RelocationKind> {
        RELOCATIONS.get(usize::from(code))
    }

    /// The method and the modifier, as they are written.
    #[cfg(feature = "emit")]
    pub(crate) fn words(&self) -> String {
        let modifier = MODIFIERS.iter().find(|(_, modifier)| Some(*modifier) == self.modifier);
        modifier.map_or(self.method.name().to_owned(), |(word, _)| format!("{} {word}", self.method.name()))
    }

    /// Whether the value is the position of a function in the function table.
    pub(crate) fn is_table_index(&self) -> bool {
        self.method == Method::FuncTable
    }

    pub(crate) fn method(&self) -> Method {
        self.method
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }
}

const fn row(
    code: u8,
    name: &'static str,
    method: Method,
    format: Format,
    modifier: Option<Modifier>,
    has_addend: bool,
) -> RelocationKind {
    RelocationKind { code, name, method, format, modifier, has_addend }
}

static RELOCATIONS: [RelocationKind; 27] = {
    use Format as F;
    use Method as M;
    use Modifier::{Pic, Tls};
    [
        row(0, "FUNCTION_INDEX_LEB", M::Func, F::Leb, None, false),
        row(1, "TABLE_INDEX_SLEB", M::FuncTable, F::Sleb, None, false),
        row(2, "TABLE_INDEX_I32", M::FuncTable, F::I32, None, false),
        row(3, "MEMORY_ADDR_LEB", M::Data, F::Leb, None, true),
        row(4, "MEMORY_ADDR_SLEB", M::Data, F::Sleb, None, true),
        row(5, "MEMORY_ADDR_I32", M::Data, F::I32, None, true),
        row(6, "TYPE_INDEX_LEB", M::Type, F::Leb, None, false),
        row(7, "GLOBAL_INDEX_LEB", M::Global, F::Leb, None, false),
        row(8, "FUNCTION_OFFSET_I32", M::CodeSegment, F::I32, None, true),
        row(9, "SECTION_OFFSET_I32", M::CustomSection, F::I32, None, true),
        row(10, "TAG_INDEX_LEB", M::Tag, F::Leb, None, false),
        row(11, "MEMORY_ADDR_REL_SLEB", M::Data, F::Sleb, Some(Pic), true),
        row(12, "TABLE_INDEX_REL_SLEB", M::FuncTable, F::Sleb, Some(Pic), false),
        row(13, "GLOBAL_INDEX_I32", M::Global, F::I32, None, false),
        row(14, "MEMORY_ADDR_LEB64", M::Data, F::Leb64, None, true),
        row(15, "MEMORY_ADDR_SLEB64", M::Data, F::Sleb64, None, true),
        row(16, "MEMORY_ADDR_I64", M::Data, F::I64, None, true),
        row(17, "MEMORY_ADDR_REL_SLEB64", M::Data, F::Sleb64, Some(Pic), true),
        row(18, "TABLE_INDEX_SLEB64", M::FuncTable, F::Sleb64, None, false),
        row(19, "TABLE_INDEX_I64", M::FuncTable, F::I64, None, false),
        row(20, "TABLE_NUMBER_LEB", M::Table, F::Leb, None, false),
        row(21, "MEMORY_ADDR_TLS_SLEB", M::Data, F::Sleb, Some(Tls), true),
        row(22, "FUNCTION_OFFSET_I64", M::CodeSegment, F::I64, None, true),
        row(23, "MEMORY_ADDR_LOCREL_I32", M::Data, F::I32, Some(Pic), true),
        row(24, "TABLE_INDEX_REL_SLEB64", M::FuncTable, F::Sleb64, Some(Pic), false),
        row(25, "MEMORY_ADDR_TLS_SLEB64", M::Data, F::Sleb64, Some(Tls), true),
        row(26, "FUNCTION_INDEX_I32", M::Func, F::I32, None, false),
    ]
};

/// Returns the relocation that writes a value in a format. `None` if there is no such relocation.
pub(crate) fn relocation(
    method: Method,
    format: Format,
    modifier: Option<Modifier>,
) -> Option<&'static RelocationKind> {
    let method = match method {
        Method::CodeSection | Method::DataSection => Method::CustomSection,
        method => method,
    };
    RELOCATIONS.iter().find(|row| row.method == method && row.format == format && row.modifier == modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_relocation_has_its_number_and_is_found() {
        for (code, row) in (0..).zip(&RELOCATIONS) {
            assert_eq!(row.code, code);
            assert!(std::ptr::eq(RelocationKind::of_code(code).unwrap(), row));
            assert_eq!(relocation(row.method, row.format, row.modifier).unwrap().code, code);
        }
        assert!(relocation(Method::Tag, Format::I32, None).is_none());
        assert_eq!(relocation(Method::CodeSection, Format::I32, None).unwrap().code, 9);
        assert_eq!(METHODS.iter().filter(|(name, method)| method.name() == *name).count(), 11);
    }
}
