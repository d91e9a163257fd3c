//! Words of other languages, machines and tools, and the instructions with the same meaning.
//!
//! A word that has a meaning elsewhere is not a misspelling: its meaning decides, not the spelling of an
//! instruction. Older names of the text format are in [`crate::explain::renamed`].

use crate::instr::Op;

/// The meaning of a word of another language.
pub(crate) enum Meaning {
    /// These instructions, the likeliest first, and a note.
    Instructions(Vec<&'static str>, Option<String>),
    /// No instruction has this meaning. The text is advice.
    Missing(String),
}

/// Whole words: the word, the instructions, and a note; without an instruction, advice.
#[rustfmt::skip]
const WORDS: &[(&str, &[&str], &str)] = &[
    // A vector is loaded whole, or one lane of it.
    ("v128.load8",                &["v128.load", "v128.load8_splat", "v128.load8_lane"], ""),
    ("v128.load16",               &["v128.load", "v128.load16_splat", "v128.load16_lane"], ""),
    ("v128.load32",               &["v128.load", "v128.load32_splat", "v128.load32_lane"], ""),
    ("v128.load64",               &["v128.load", "v128.load64_splat", "v128.load64_lane"], ""),
    // Control.
    ("break",                   &["br"],            ""),
    ("continue",                &["br"],            ""),
    ("goto",                    &["br"],            ""),
    ("jump",                    &["br"],            ""),
    ("jmp",                     &["br"],            ""),
    ("branch",                  &["br"],            ""),
    ("jz",                      &["br_if"],         "it branches if the operand is not zero; `i32.eqz` inverts that"),
    ("jnz",                     &["br_if"],         ""),
    ("beqz",                    &["br_if"],         "it branches if the operand is not zero; `i32.eqz` inverts that"),
    ("bnez",                    &["br_if"],         ""),
    ("je",                      &["br_if"],         "compare the operands first, as in `(br_if $label (i32.eq ...))`"),
    ("jne",                     &["br_if"],         "compare the operands first, as in `(br_if $label (i32.ne ...))`"),
    ("br.if",                   &["br_if"],         ""),
    ("br.table",                &["br_table"],      ""),
    ("case",                    &["br_table"],      ""),
    ("match",                   &["br_table"],      ""),
    ("while",                   &["loop"],          "a `loop` repeats only at a `br` to its label"),
    ("for",                     &["loop"],          "a `loop` repeats only at a `br` to its label"),
    ("repeat",                  &["loop"],          "a `loop` repeats only at a `br` to its label"),
    ("begin",                   &["block"],         ""),
    ("label",                   &["block"],         ""),
    ("endif",                   &["end"],           ""),
    ("ret",                     &["return"],        ""),
    ("raise",                   &["throw"],         ""),
    ("throw_exception",         &["throw"],         ""),
    ("trap",                    &["unreachable"],   ""),
    ("abort",                   &["unreachable"],   ""),
    ("panic",                   &["unreachable"],   ""),
    ("halt",                    &["unreachable"],   ""),
    ("hlt",                     &["unreachable"],   ""),
    ("noop",                    &["nop"],           ""),
    ("pass",                    &["nop"],           ""),
    ("invoke",                  &["call"],          ""),
    ("call_function",           &["call"],          ""),
    ("call_ptr",                &["call_indirect"], ""),
    ("call_pointer",            &["call_indirect"], ""),
    ("return_call_tail",        &["return_call"],   ""),
    ("tailcall",                &["return_call"],   ""),
    ("elif",                    &[],                "write another `if` in the `else`"),
    ("elseif",                  &[],                "write another `if` in the `else`"),
    ("elsif",                   &[],                "write another `if` in the `else`"),
    ("else_if",                 &[],                "write another `if` in the `else`"),
    ("cmp",                     &[],                "compare with `i32.eq`, `i32.lt_s` and similar instructions, which give 0 or 1"),
    ("syscall",                 &[],                "import a function of the host and `call` it"),
    ("assert",                  &[],                "write an `if` with `unreachable` in it"),
    // Operands and locals.
    ("pop",                     &["drop"],          ""),
    ("discard",                 &["drop"],          ""),
    ("push",                    &[],                "an instruction pushes its results, such as `i32.const 1` or `local.get 0`"),
    ("dup",                     &[],                "keep the value with `local.tee` and read it again with `local.get`"),
    ("swap",                    &[],                "keep the values in locals and read them in the other order"),
    ("xchg",                    &[],                "keep the values in locals and read them in the other order"),
    ("mov",                     &["local.set"],     ""),
    ("move",                    &["local.set"],     ""),
    ("assign",                  &["local.set"],     ""),
    ("set",                     &["local.set"],     ""),
    ("set!",                    &["local.set"],     ""),
    ("setq",                    &["local.set"],     ""),
    ("setf",                    &["local.set"],     ""),
    ("get",                     &["local.get"],     ""),
    ("tee",                     &["local.tee"],     ""),
    ("load",                    &["i32.load"],      ""),
    ("store",                   &["i32.store"],     ""),
    ("const",                   &["i32.const"],     ""),
    ("inc",                     &[],                "write an addition, as in `(i32.add ... (i32.const 1))`"),
    ("dec",                     &[],                "write a subtraction, as in `(i32.sub ... (i32.const 1))`"),
    ("incr",                    &[],                "write an addition, as in `(i32.add ... (i32.const 1))`"),
    ("decr",                    &[],                "write a subtraction, as in `(i32.sub ... (i32.const 1))`"),
    ("local.load",              &["local.get"],     ""),
    ("local.read",              &["local.get"],     ""),
    ("local.store",             &["local.set"],     ""),
    ("local.write",             &["local.set"],     ""),
    ("local.put",               &["local.set"],     ""),
    ("local.assign",            &["local.set"],     ""),
    ("local.dup",               &["local.tee"],     ""),
    ("global.load",             &["global.get"],    ""),
    ("global.read",             &["global.get"],    ""),
    ("global.store",            &["global.set"],    ""),
    ("global.write",            &["global.set"],    ""),
    ("global.put",              &["global.set"],    ""),
    ("global.tee",              &[],                "write `global.set` and `global.get` after it"),
    // Memories and tables.
    ("memset",                  &["memory.fill"],   ""),
    ("bzero",                   &["memory.fill"],   ""),
    ("memory.set",              &["memory.fill"],   ""),
    ("memory.memset",           &["memory.fill"],   ""),
    ("memory.clear",            &["memory.fill"],   ""),
    ("memory.zero",             &["memory.fill"],   ""),
    ("memcpy",                  &["memory.copy"],   ""),
    ("memmove",                 &["memory.copy"],   ""),
    ("memory.move",             &["memory.copy"],   ""),
    ("memory.memcpy",           &["memory.copy"],   ""),
    ("memory.cpy",              &["memory.copy"],   ""),
    ("memory.length",           &["memory.size"],   ""),
    ("memory.len",              &["memory.size"],   ""),
    ("memory.resize",           &["memory.grow"],   ""),
    ("memory.alloc",            &["memory.grow"],   ""),
    ("memory.load",             &["i32.load"],      ""),
    ("memory.read",             &["i32.load"],      ""),
    ("memory.get",              &["i32.load"],      ""),
    ("memory.store",            &["i32.store"],     ""),
    ("memory.write",            &["i32.store"],     ""),
    ("memory.put",              &["i32.store"],     ""),
    ("memory.free",             &[],                "a memory only grows; the program must track its free parts"),
    ("memory.shrink",           &[],                "a memory only grows"),
    ("memcmp",                  &[],                "compare in a loop, or import a function"),
    ("strlen",                  &[],                "count in a loop, or import a function"),
    ("strcpy",                  &["memory.copy"],   ""),
    ("sizeof",                  &[],                "write the number of bytes"),
    ("malloc",                  &[],                "grow the memory with `memory.grow`, or make objects with `struct.new` and `array.new`"),
    ("alloc",                   &[],                "grow the memory with `memory.grow`, or make objects with `struct.new` and `array.new`"),
    ("alloca",                  &[],                "keep a pointer to a stack of your own in a global"),
    ("calloc",                  &[],                "grow the memory with `memory.grow`, or make objects with `struct.new` and `array.new`"),
    ("new",                     &[],                "make objects with `struct.new` and `array.new`"),
    ("free",                    &[],                "a memory only grows; the program must track its free parts"),
    ("delete",                  &[],                "objects are freed by the garbage collector"),
    ("table.load",              &["table.get"],     ""),
    ("table.store",             &["table.set"],     ""),
    ("table.length",            &["table.size"],    ""),
    ("table.len",               &["table.size"],    ""),
    ("table.resize",            &["table.grow"],    ""),
    // Objects.
    ("array.size",              &["array.len"],     ""),
    ("array.count",             &["array.len"],     ""),
    ("array.load",              &["array.get"],     ""),
    ("array.store",             &["array.set"],     ""),
    ("array.put",               &["array.set"],     ""),
    ("array.push",              &[],                "an array keeps its length: make a longer one and copy with `array.copy`"),
    ("array.append",            &[],                "an array keeps its length: make a longer one and copy with `array.copy`"),
    ("array.of",                &["array.new_fixed"], ""),
    ("array.literal",           &["array.new_fixed"], ""),
    ("struct.load",             &["struct.get"],    ""),
    ("struct.store",            &["struct.set"],    ""),
    ("struct.create",           &["struct.new"],    ""),
    ("array.create",            &["array.new"],     ""),
    ("instanceof",              &["ref.test"],      ""),
    ("ref.is",                  &["ref.test"],      ""),
    ("ref.instanceof",          &["ref.test"],      ""),
    ("ref.as",                  &["ref.cast"],      ""),
    ("ref.ne",                  &[],                "write `ref.eq` and `i32.eqz` after it"),
    ("ref.is_not_null",         &[],                "write `ref.is_null` and `i32.eqz` after it"),
    ("ref.is_non_null",         &[],                "write `ref.is_null` and `i32.eqz` after it"),
    ("null",                    &["ref.null"],      ""),
    ("nil",                     &["ref.null"],      ""),
    // The host.
    ("print",                   &[],                HOST),
    ("println",                 &[],                HOST),
    ("printf",                  &[],                HOST),
    ("puts",                    &[],                HOST),
    ("putchar",                 &[],                HOST),
    ("echo",                    &[],                HOST),
    ("write",                   &[],                HOST),
    ("log",                     &[],                HOST),
    ("console.log",             &[],                HOST),
    ("debug",                   &[],                HOST),
    ("exit",                    &[],                HOST),
    ("random",                  &[],                HOST),
    ("time",                    &[],                HOST),
];

const HOST: &str =
    "import a function of the host, as in `(import \"env\" \"log\" (func $log (param i32)))`, and `call` it";

/// An operation on numbers: its names elsewhere, and its meaning for integers and for floating-point numbers.
struct Operation {
    names: &'static [&'static str],
    ints: Does,
    floats: Does,
}

/// The operations of one class of types.
enum Does {
    /// Names of operations, the likeliest first.
    As(&'static [&'static str]),
    /// Names of operations, and a note.
    Near(&'static [&'static str], &'static str),
    /// No operation has this meaning. The text is advice.
    Without(&'static str),
}

use Does::{As, Near, Without};

const MATH: &str = "import a function of the host that computes it, such as one of JavaScript's `Math`";
const FLOAT_REMAINDER: &str = "compute it as `x - y * trunc(x / y)`";
const FLOAT_BITS: &str = "reinterpret the bits as an integer first";
const SELECT: &str = "choose with `select` and a comparison, as in `(select A B (i32.lt_s A B))`";
const ABS: &str =
    "choose with `select`, as in `(select (i32.sub (i32.const 0) A) A (i32.lt_s A (i32.const 0)))`";
const NEG: &str = "write a subtraction from zero, as in `(i32.sub (i32.const 0) ...)`";
const NOT: &str = "for the complement of all bits, write `(i32.xor ... (i32.const -1))`";
const AND_NOT: &str = "write `(i32.and A (i32.xor B (i32.const -1)))`";
const NEGATED: &str = "complement the result with `(i32.xor ... (i32.const -1))`";
const NO_FRACTION: &str = "an integer has no fraction; a floating-point number becomes an integer with `i32.trunc_f32_s` or a similar instruction";
const CONVERT_FIRST: &str =
    "convert to a floating-point number first, as in `(f64.sqrt (f64.convert_i32_s ...))`";
const IS_NAN: &str = "compare the value with itself, as in `(f64.ne x x)`";
const COMPARE: &str = "compare with `eq`, `lt` and similar instructions, which give 0 or 1";
const EQZ_FLOAT: &str = "compare with zero, as in `(f64.eq ... (f64.const 0))`";
const NEZ: &str = "compare with zero, as in `(i32.ne ... (i32.const 0))`";
const INC: &str = "write an addition, as in `(i32.add ... (i32.const 1))`";
const DEC: &str = "write a subtraction, as in `(i32.sub ... (i32.const 1))`";
const INC_FLOAT: &str = "write an addition, as in `(f64.add ... (f64.const 1))`";
const DEC_FLOAT: &str = "write a subtraction, as in `(f64.sub ... (f64.const 1))`";
const SWAP_BYTES: &str = "write shifts and masks";
const DIVMOD: &str = "write a division and a remainder separately";
const CARRY: &str =
    "compare the sum with an operand to know the carry; for 128 bits, use `i64.add128` and `i64.sub128`";
const TO_EVEN: &str = "it rounds halves to the even number";

#[rustfmt::skip]
const OPERATIONS: &[Operation] = &[
    Operation { names: &["plus", "sum", "iadd", "fadd"],                        ints: As(&["add"]), floats: As(&["add"]) },
    Operation { names: &["minus", "subtract", "substract", "isub", "fsub"],     ints: As(&["sub"]), floats: As(&["sub"]) },
    Operation { names: &["times", "multiply", "mult", "imul", "fmul"],          ints: As(&["mul"]), floats: As(&["mul"]) },
    Operation { names: &["divide", "idiv", "quot", "quo", "fdiv"],              ints: As(&["div_s", "div_u"]), floats: As(&["div"]) },
    Operation { names: &["mod", "modulo", "modulus", "remainder", "fmod", "rem"], ints: As(&["rem_s", "rem_u"]), floats: Without(FLOAT_REMAINDER) },
    Operation { names: &["divmod", "divrem"],                                   ints: Without(DIVMOD), floats: Without(DIVMOD) },
    Operation { names: &["equal", "equals", "is_equal", "same"],                ints: As(&["eq"]), floats: As(&["eq"]) },
    Operation { names: &["not_equal", "not_equals", "neq", "unequal", "differs"], ints: As(&["ne"]), floats: As(&["ne"]) },
    Operation { names: &["less", "less_than", "lower", "below"],                ints: As(&["lt_s", "lt_u"]), floats: As(&["lt"]) },
    Operation { names: &["greater", "greater_than", "more", "above"],           ints: As(&["gt_s", "gt_u"]), floats: As(&["gt"]) },
    Operation { names: &["lte", "leq", "less_equal", "less_or_equal"],          ints: As(&["le_s", "le_u"]), floats: As(&["le"]) },
    Operation { names: &["gte", "geq", "greater_equal", "greater_or_equal"],    ints: As(&["ge_s", "ge_u"]), floats: As(&["ge"]) },
    Operation { names: &["cmp", "compare"],                                     ints: Without(COMPARE), floats: Without(COMPARE) },
    Operation { names: &["eqz", "is_zero", "iszero", "zero", "isz"],            ints: As(&["eqz"]), floats: Without(EQZ_FLOAT) },
    Operation { names: &["nez", "is_not_zero", "nonzero", "bool"],              ints: Without(NEZ), floats: Without(NEZ) },
    Operation { names: &["lshift", "sll", "lsl", "sal", "asl", "shift_left", "left_shift", "shl"], ints: As(&["shl"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["rshift", "shift_right", "right_shift", "shift"],      ints: As(&["shr_s", "shr_u"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["sar", "asr", "sra", "ashr", "shr_a"],                 ints: As(&["shr_s"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["lsr", "srl", "lshr", "shr_l", "ushr", "slr"],         ints: As(&["shr_u"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["rol", "rotate_left", "rotleft", "rl"],                ints: As(&["rotl"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["ror", "rotate_right", "rotright", "rr"],              ints: As(&["rotr"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["not"],                                                ints: Near(&["eqz"], NOT), floats: Without(FLOAT_BITS) },
    Operation { names: &["bnot", "inv", "invert", "com", "complement", "flip", "bitnot"], ints: Without(NEGATED), floats: Without(FLOAT_BITS) },
    Operation { names: &["neg", "negate", "negative", "opposite"],              ints: Without(NEG), floats: As(&["neg"]) },
    Operation { names: &["abs", "absolute", "fabs"],                            ints: Without(ABS), floats: As(&["abs"]) },
    Operation { names: &["min", "minimum", "fmin", "umin", "smin"],             ints: Without(SELECT), floats: As(&["min"]) },
    Operation { names: &["max", "maximum", "fmax", "umax", "smax"],             ints: Without(SELECT), floats: As(&["max"]) },
    Operation { names: &["clamp"],                                              ints: Without(SELECT), floats: Without("write `min` and `max`") },
    Operation { names: &["sqrt", "square_root", "fsqrt"],                       ints: Without(CONVERT_FIRST), floats: As(&["sqrt"]) },
    Operation { names: &["ceil", "ceiling"],                                    ints: Without(NO_FRACTION), floats: As(&["ceil"]) },
    Operation { names: &["floor"],                                              ints: Without(NO_FRACTION), floats: As(&["floor"]) },
    Operation { names: &["round", "rint", "nearest", "nearbyint", "roundeven"], ints: Without(NO_FRACTION), floats: Near(&["nearest"], TO_EVEN) },
    Operation { names: &["truncate", "fix"],                                    ints: Without(NO_FRACTION), floats: As(&["trunc"]) },
    Operation { names: &["pow", "power", "powi", "exp", "exp2", "log", "log2", "log10", "ln", "sin", "cos", "tan", "asin", "acos",
        "atan", "atan2", "sinh", "cosh", "tanh", "hypot", "cbrt", "rsqrt", "rcp", "sign", "square", "sqr"], ints: Without(MATH), floats: Without(MATH) },
    Operation { names: &["fma", "mad", "madd"],                                 ints: Without("write a multiplication and an addition"), floats: Without("write a multiplication and an addition") },
    Operation { names: &["isnan", "is_nan"],                                    ints: Without("an integer is always a number"), floats: Without(IS_NAN) },
    Operation { names: &["and_not", "andnot", "andn", "bic"],                   ints: Without(AND_NOT), floats: Without(FLOAT_BITS) },
    Operation { names: &["nand", "nor", "xnor", "or_not", "orn"],               ints: Without(NEGATED), floats: Without(FLOAT_BITS) },
    Operation { names: &["band", "bitand", "bitwise_and", "logical_and", "land"], ints: As(&["and"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["bor", "bitor", "bitwise_or", "logical_or", "lor"],    ints: As(&["or"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["bxor", "bitxor", "bitwise_xor", "eor"],               ints: As(&["xor"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["inc", "incr", "increment", "succ"],                   ints: Without(INC), floats: Without(INC_FLOAT) },
    Operation { names: &["dec", "decr", "decrement", "pred"],                   ints: Without(DEC), floats: Without(DEC_FLOAT) },
    Operation { names: &["nlz", "lzcnt", "count_leading_zeros", "bsr"],         ints: As(&["clz"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["ntz", "tzcnt", "count_trailing_zeros", "bsf"],        ints: As(&["ctz"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["popcount", "bitcount", "count_ones", "cpop", "cnt"],  ints: As(&["popcnt"]), floats: Without(FLOAT_BITS) },
    Operation { names: &["bswap", "byteswap", "byte_swap", "bitreverse", "rev"], ints: Without(SWAP_BYTES), floats: Without(FLOAT_BITS) },
    Operation { names: &["mulh", "mul_high", "mulhi"],                          ints: As(&["mul_wide_s", "mul_wide_u"]), floats: As(&["mul"]) },
    Operation { names: &["adc", "addc", "add_carry", "sbb", "subc"],            ints: Without(CARRY), floats: Without("a floating-point number has no carry") },
    Operation { names: &["get", "read", "ld", "peek", "fetch", "load32", "load64"], ints: As(&["load"]), floats: As(&["load"]) },
    Operation { names: &["set", "write", "put", "st", "poke", "save", "store32", "store64"], ints: As(&["store"]), floats: As(&["store"]) },
    Operation { names: &["load_byte", "loadb", "lb", "lbu"],                    ints: As(&["load8_s", "load8_u"]), floats: Without("load an integer and convert it") },
    Operation { names: &["store_byte", "storeb", "sb"],                         ints: As(&["store8"]), floats: Without("convert to an integer and store that") },
    Operation { names: &["value", "constant", "imm", "literal", "li", "new", "num", "push", "number"], ints: As(&["const"]), floats: As(&["const"]) },
];

/// The names of number types in other languages. The flag is set for unsigned types.
const PREFIXES: &[(&str, &str, bool)] = &[
    ("int", "i32", false),
    ("int32", "i32", false),
    ("s32", "i32", false),
    ("u32", "i32", true),
    ("uint32", "i32", true),
    ("long", "i64", false),
    ("int64", "i64", false),
    ("s64", "i64", false),
    ("u64", "i64", true),
    ("uint64", "i64", true),
    ("float", "f32", false),
    ("float32", "f32", false),
    ("single", "f32", false),
    ("double", "f64", false),
    ("float64", "f64", false),
];

/// Returns the meaning of a word of another language. `None` if it has none.
pub(crate) fn meaning(word: &str) -> Option<Meaning> {
    let lower = word.to_ascii_lowercase();
    if let Some((_, meant, remark)) = WORDS.iter().find(|(foreign, ..)| *foreign == lower) {
        return Some(match meant {
            [] => Meaning::Missing((*remark).to_owned()),
            meant => {
                let remark = Some(*remark).filter(|remark| !remark.is_empty());
                Meaning::Instructions(meant.to_vec(), remark.map(str::to_owned))
            }
        });
    }
    let Some((ty, operation)) = lower.split_once('.') else { return of_stack_machine(&lower) };
    if let Some(meant) = packed(ty, operation).or_else(|| vector(ty, operation)) {
        return Some(Meaning::Instructions(meant, None));
    }
    if let Some((_, ours, is_unsigned)) = PREFIXES.iter().find(|(foreign, ..)| *foreign == ty) {
        return with_type(ours, operation, *is_unsigned);
    }
    conversion(ty, operation).or_else(|| of_type(ty, operation))
}

/// Returns the meaning of an operation whose type has a name of another language: `int.add`, `u32.div`.
fn with_type(ty: &str, operation: &str, is_unsigned: bool) -> Option<Meaning> {
    let named = |suffix: &str| Op::named(&format!("{ty}.{operation}{suffix}")).map(Op::mnemonic);
    let signs = if is_unsigned { ["_u", "_s"] } else { ["_s", "_u"] };
    let found: Vec<&str> = match named("") {
        Some(only) => vec![only],
        None => signs.into_iter().filter_map(named).take(if is_unsigned { 1 } else { 2 }).collect(),
    };
    if found.is_empty() {
        return conversion(ty, operation).or_else(|| of_type(ty, operation));
    }
    Some(Meaning::Instructions(found, None))
}

/// `iadd`, `dmul`: operations of the Java virtual machine, which have a letter for the type.
fn of_stack_machine(word: &str) -> Option<Meaning> {
    let ty = match word.as_bytes().first()? {
        b'i' => "i32",
        b'l' => "i64",
        b'f' => "f32",
        b'd' => "f64",
        _ => return None,
    };
    let operation = &word[1..];
    let is_known =
        matches!(operation, "add" | "sub" | "mul" | "div" | "rem" | "neg" | "and" | "or" | "xor" | "shl");
    if !is_known { None } else { with_type(ty, operation, false) }
}

/// `i8.load`, `u16.store`: the width of the bytes in memory instead of the type of the value.
fn packed(ty: &str, operation: &str) -> Option<Vec<&'static str>> {
    let (signs, width) = match (ty.as_bytes().first()?, &ty[1..]) {
        (b'u', width @ ("8" | "16")) => (&["_u"][..], width),
        (b's', width @ ("8" | "16")) => (&["_s"][..], width),
        (b'i', width @ ("8" | "16")) => (&["_s", "_u"][..], width),
        _ => return None,
    };
    let signs = if operation == "store" { &[""] } else { signs };
    let named = |sign: &&str| Op::named(&format!("i32.{operation}{width}{sign}")).map(Op::mnemonic);
    let found: Vec<&str> = signs.iter().filter_map(named).collect();
    (!found.is_empty()).then_some(found)
}

/// `i32x4.and`, `f32x4.load`, `f32x4.fma`: operations on vectors that have another name.
fn vector(ty: &str, operation: &str) -> Option<Vec<&'static str>> {
    if !is_vector(ty) || Op::named(&format!("{ty}.{operation}")).is_some() {
        return None;
    }
    let name = match operation {
        "fma" | "madd" | "fmadd" => format!("{ty}.relaxed_madd"),
        "fms" | "fnmadd" | "nmadd" => format!("{ty}.relaxed_nmadd"),
        "shuffle" => "i8x16.shuffle".to_owned(),
        "swizzle" => "i8x16.swizzle".to_owned(),
        // A vector constant needs its shape.
        "const" => return None,
        _ => format!("v128.{operation}"),
    };
    Some(vec![Op::named(&name)?.mnemonic()])
}

/// The instruction, and an operand before and one after the operand, that express an operation with one operand.
pub(crate) fn expressed(word: &str) -> Option<(String, String, String)> {
    let (ty, operation) = word.split_once('.')?;
    let (name, before, after) = match operation {
        "neg" | "negate" => ("sub", "0", ""),
        "inc" | "incr" | "increment" => ("add", "", "1"),
        "dec" | "decr" | "decrement" => ("sub", "", "1"),
        "bnot" | "inv" | "invert" | "complement" | "bitnot" => ("xor", "", "-1"),
        "nez" | "is_not_zero" => ("ne", "", "0"),
        _ => return None,
    };
    let instr = format!("{ty}.{name}");
    let constant = |number: &str| match number {
        "" => String::new(),
        number => format!("({ty}.const {number})"),
    };
    (is_number(ty) && Op::named(&instr).is_some()).then(|| (instr, constant(before), constant(after)))
}

/// Operators of other languages, the instruction without its type, and whether integers need a sign.
pub(crate) const OPERATORS: &[(&str, &str, bool)] = &[
    ("==", "eq", false),
    ("===", "eq", false),
    ("!=", "ne", false),
    ("!==", "ne", false),
    ("<>", "ne", false),
    ("<", "lt", true),
    (">", "gt", true),
    ("<=", "le", true),
    (">=", "ge", true),
    ("+", "add", false),
    ("-", "sub", false),
    ("*", "mul", false),
    ("/", "div", true),
    ("%", "rem", true),
    ("&", "and", false),
    ("&&", "and", false),
    ("|", "or", false),
    ("||", "or", false),
    ("^", "xor", false),
    ("<<", "shl", false),
    (">>", "shr", true),
];

/// `sdiv`, `ult`, `==`: operations of LLVM, which have their sign as the first letter, and operators.
fn with_sign_or_operator(ty: &str, operation: &str) -> Option<Vec<&'static str>> {
    let named = |name: &str| Op::named(&format!("{ty}.{name}")).map(Op::mnemonic);
    if let Some((_, name, _)) = OPERATORS.iter().find(|(operator, ..)| *operator == operation) {
        let found: Vec<&str> = match named(name) {
            Some(only) => vec![only],
            None => ["_s", "_u"].into_iter().filter_map(|sign| named(&format!("{name}{sign}"))).collect(),
        };
        return (!found.is_empty()).then_some(found);
    }
    let sign = operation.get(..1).filter(|sign| matches!(*sign, "s" | "u"))?;
    let is_float = ty.starts_with('f');
    let name = if is_float { operation[1..].to_owned() } else { format!("{}_{sign}", &operation[1..]) };
    Some(vec![named(&name)?])
}

/// Returns the meaning of an operation on a number or vector type.
fn of_type(ty: &str, operation: &str) -> Option<Meaning> {
    let is_float = ty.starts_with('f');
    if !is_number(ty) && !is_vector(ty) {
        return None;
    }
    let (stem, sign) = match operation.as_bytes() {
        [.., b'_', b's' | b'u'] => operation.split_at(operation.len() - 2),
        _ => (operation, ""),
    };
    let row = |name: &str| OPERATIONS.iter().find(|row| row.names.contains(&name));
    let Some(row) = row(operation).or_else(|| row(stem)) else {
        return with_sign_or_operator(ty, operation).map(|meant| Meaning::Instructions(meant, None));
    };
    // Notes are about `i32` and `f64`.
    let of_type = |remark: &str| match (is_float, is_number(ty)) {
        (_, false) => remark.to_owned(),
        (true, _) => remark.replace("f64", ty),
        (false, _) => remark.replace("i32", ty),
    };
    let (meant, remark) = match if is_float { &row.floats } else { &row.ints } {
        As(meant) => (*meant, None),
        Near(meant, remark) => (*meant, Some(of_type(remark))),
        // Vectors have more operations than numbers.
        Without(_) if is_vector(ty) => return None,
        Without(remark) => return Some(Meaning::Missing(of_type(remark))),
    };
    let found: Vec<&str> =
        meant.iter().filter_map(|name| Op::named(&format!("{ty}.{name}")).map(Op::mnemonic)).collect();
    let with_sign: Vec<&str> = found.iter().copied().filter(|name| name.ends_with(sign)).collect();
    let found = if with_sign.is_empty() || sign.is_empty() { found } else { with_sign };
    (!found.is_empty()).then_some(Meaning::Instructions(found, remark))
}

fn is_number(ty: &str) -> bool {
    matches!(ty, "i32" | "i64" | "f32" | "f64")
}

fn is_vector(ty: &str) -> bool {
    matches!(ty, "i8x16" | "i16x8" | "i32x4" | "i64x2" | "f32x4" | "f64x2" | "f16x8" | "v128")
}

/// Conversions of numbers: from, to, and the instructions, the likeliest first.
#[rustfmt::skip]
const CONVERSIONS: &[(&str, &str, &[&str])] = &[
    ("i32", "i64", &["i64.extend_i32_s", "i64.extend_i32_u"]),
    ("i32", "f32", &["f32.convert_i32_s", "f32.convert_i32_u"]),
    ("i32", "f64", &["f64.convert_i32_s", "f64.convert_i32_u"]),
    ("i64", "i32", &["i32.wrap_i64"]),
    ("i64", "f32", &["f32.convert_i64_s", "f32.convert_i64_u"]),
    ("i64", "f64", &["f64.convert_i64_s", "f64.convert_i64_u"]),
    ("f32", "f64", &["f64.promote_f32"]),
    ("f32", "i32", &["i32.trunc_f32_s", "i32.trunc_f32_u"]),
    ("f32", "i64", &["i64.trunc_f32_s", "i64.trunc_f32_u"]),
    ("f64", "f32", &["f32.demote_f64"]),
    ("f64", "i32", &["i32.trunc_f64_s", "i32.trunc_f64_u"]),
    ("f64", "i64", &["i64.trunc_f64_s", "i64.trunc_f64_u"]),
];

/// Returns the meaning of a conversion: `i32.to_f32`, `f32.from_i32`, `f64.convert_f32`, `i32.extend_i64_s`.
fn conversion(ty: &str, operation: &str) -> Option<Meaning> {
    let (operation, sign) = match operation.as_bytes() {
        [.., b'_', b's' | b'u'] => operation.split_at(operation.len() - 2),
        _ => (operation, ""),
    };
    let (verb, other) = operation.rsplit_once(['_', '.']).unwrap_or(("", operation));
    // `convert_s_i32`
    let (verb, sign) = match verb.as_bytes() {
        [.., b'_', b's' | b'u'] => verb.split_at(verb.len() - 2),
        _ => (verb, sign),
    };
    let (from, to) = match verb {
        "to" | "convert_to" | "cast_to" | "into" | "as" => (ty, other),
        // `i64.extend32_u`
        "" if other.ends_with("32") => {
            return conversion(ty, &format!("{}_i32{sign}", other.trim_end_matches("32")));
        }
        "from" | "convert_from" | "cast_from" | "of" | "convert" | "cast" | "conv" | "extend" | "wrap"
        | "trunc" | "truncate" | "promote" | "demote" => (other, ty),
        _ => return None,
    };
    let (.., meant) = CONVERSIONS.iter().find(|(a, b, _)| (*a, *b) == (from, to))?;
    let with_sign: Vec<&str> =
        meant.iter().copied().filter(|name| !sign.is_empty() && name.ends_with(sign)).collect();
    Some(Meaning::Instructions(if with_sign.is_empty() { meant.to_vec() } else { with_sign }, None))
}

/// Words of other languages, and the keywords with the same meaning.
const ALIASES: &[(&str, &str)] = &[
    ("function", "func"),
    ("fn", "func"),
    ("fun", "func"),
    ("proc", "func"),
    ("procedure", "func"),
    ("method", "func"),
    ("def", "func"),
    ("mem", "memory"),
    ("var", "global"),
    ("const", "global"),
    ("constant", "global"),
    ("event", "tag"),
    ("exception", "tag"),
    ("main", "start"),
    ("typedef", "type"),
    ("extern", "import"),
    ("element", "elem"),
    ("segment", "data"),
    ("params", "param"),
    ("parameter", "param"),
    ("arg", "param"),
    ("args", "param"),
    ("results", "result"),
    ("return", "result"),
    ("returns", "result"),
    ("ret", "result"),
    ("locals", "local"),
    ("variable", "local"),
    ("let", "local"),
    ("fields", "field"),
    ("extends", "sub"),
    ("subtype", "sub"),
    ("record", "struct"),
    ("class", "struct"),
    ("mutable", "mut"),
    ("int", "i32"),
    ("integer", "i32"),
    ("uint", "i32"),
    ("int32", "i32"),
    ("u32", "i32"),
    ("s32", "i32"),
    ("bool", "i32"),
    ("boolean", "i32"),
    ("usize", "i32"),
    ("isize", "i32"),
    ("size_t", "i32"),
    ("ptr", "i32"),
    ("pointer", "i32"),
    ("address", "i32"),
    ("byte", "i8"),
    ("int8", "i8"),
    ("uint8", "i8"),
    ("short", "i16"),
    ("int16", "i16"),
    ("uint16", "i16"),
    ("uint32", "i32"),
    ("uint64", "i64"),
    ("bigint", "i64"),
    ("number", "f64"),
    ("object", "externref"),
    ("function_ref", "funcref"),
    ("char", "i32"),
    ("u8", "i8"),
    ("u16", "i16"),
    ("long", "i64"),
    ("int64", "i64"),
    ("u64", "i64"),
    ("s64", "i64"),
    ("float", "f32"),
    ("float32", "f32"),
    ("single", "f32"),
    ("double", "f64"),
    ("float64", "f64"),
];

/// Returns the keyword with the meaning of a word of another language.
pub(crate) fn alias(word: &str) -> Option<&'static str> {
    ALIASES.iter().find(|(foreign, _)| *foreign == word).map(|(_, meant)| *meant)
}

/// Types of other languages that have no equivalent, and advice.
#[rustfmt::skip]
const TYPES: &[(&str, &str)] = &[
    ("void",    "a function without results has no `result`, and one without parameters has no `param`"),
    ("unit",    "a function without results has no `result`, and one without parameters has no `param`"),
    ("string",  "pass the address of the bytes in a memory and their number as two `i32`, or declare an `(array i8)`"),
    ("str",     "pass the address of the bytes in a memory and their number as two `i32`, or declare an `(array i8)`"),
    ("i128",    "use two `i64`"),
    ("u128",    "use two `i64`"),
    ("f16",     "use `f32`; half precision has no type of its own"),
    ("half",    "use `f32`; half precision has no type of its own"),
    ("f128",    "use `f64`"),
    ("tuple",   "write the types one after the other, as several parameters, results or locals"),
    ("list",    "declare an array type, as in `(type $list (array (mut i32)))`, and write `(ref $list)`"),
];

/// Returns advice for a type of another language that has no equivalent.
pub(crate) fn type_remark(word: &str) -> Option<&'static str> {
    TYPES.iter().find(|(foreign, _)| *foreign == word).map(|(_, remark)| *remark)
}

/// Whether a word is a number or vector type, or a number type of another language.
pub(crate) fn is_type(word: &str) -> bool {
    is_number(word) || is_vector(word) || PREFIXES.iter().any(|(foreign, ..)| *foreign == word)
}

/// Whether a part of an instruction's name has a meaning in another language. `is_number` allows the
/// operations on numbers.
pub(crate) fn has_meaning(part: &str, is_number: bool) -> bool {
    is_number && OPERATIONS.iter().any(|row| row.names.contains(&part))
        || WORDS.iter().any(|(word, ..)| *word == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_to_instructions_and_is_not_one_itself() {
        for (word, meant, remark) in WORDS {
            assert!(Op::named(word).is_none(), "{word} is an instruction");
            assert!(meant.iter().all(|name| Op::named(name).is_some()), "{word}");
            assert!(!meant.is_empty() || !remark.is_empty(), "{word}");
        }
        for (_, to, meant) in CONVERSIONS {
            assert!(meant.iter().all(|name| Op::named(name).is_some() && name.starts_with(to)));
        }
        for row in OPERATIONS {
            for (ty, does) in [("i64", &row.ints), ("f64", &row.floats)] {
                if let As(meant) | Near(meant, _) = does {
                    let exists = |name: &&str| Op::named(&format!("{ty}.{name}")).is_some();
                    assert!(meant.iter().all(exists), "{ty} {:?}", row.names);
                }
            }
        }
    }
}
