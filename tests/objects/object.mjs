// Reads the linking information of an object: symbols, segments, initialization functions, groups, features, relocations.

const KINDS = ["func", "data", "global", "section", "tag", "table"];
const FLAGS = {
  weak: 0x1, local: 0x2, hidden: 0x4, undefined: 0x10, exported: 0x20, explicit_name: 0x40, no_strip: 0x80, tls: 0x100,
  absolute: 0x200,
};
const SEGMENT_FLAGS = { strings: 1, tls: 2, retain: 4 };
const EXTERNAL = ["func", "table", "memory", "global", "tag"];
const TYPES = [
  "FUNCTION_INDEX_LEB", "TABLE_INDEX_SLEB", "TABLE_INDEX_I32", "MEMORY_ADDR_LEB", "MEMORY_ADDR_SLEB", "MEMORY_ADDR_I32",
  "TYPE_INDEX_LEB", "GLOBAL_INDEX_LEB", "FUNCTION_OFFSET_I32", "SECTION_OFFSET_I32", "TAG_INDEX_LEB",
  "MEMORY_ADDR_REL_SLEB", "TABLE_INDEX_REL_SLEB", "GLOBAL_INDEX_I32", "MEMORY_ADDR_LEB64", "MEMORY_ADDR_SLEB64",
  "MEMORY_ADDR_I64", "MEMORY_ADDR_REL_SLEB64", "TABLE_INDEX_SLEB64", "TABLE_INDEX_I64", "TABLE_NUMBER_LEB",
  "MEMORY_ADDR_TLS_SLEB", "FUNCTION_OFFSET_I64", "MEMORY_ADDR_LOCREL_I32", "TABLE_INDEX_REL_SLEB64",
  "MEMORY_ADDR_TLS_SLEB64", "FUNCTION_INDEX_I32",
];
const hasAddend = (type) => /^(MEMORY_ADDR|FUNCTION_OFFSET|SECTION_OFFSET)/.test(type);

// Reads numbers and names.
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  leb(isSigned) {
    let value = 0n;
    let shift = 0n;
    let byte;
    do {
      byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
    } while (byte & 0x80);
    return Number(isSigned && byte & 0x40 ? value - (1n << shift) : value);
  }
  number() {
    return this.leb(false);
  }
  signed() {
    return this.leb(true);
  }
  name() {
    const end = this.number() + this.at;
    const name = this.bytes.subarray(this.at, end).toString();
    this.at = end;
    return name;
  }
  list(read) {
    return Array.from({ length: this.number() }, () => read(this));
  }
  limits() {
    const flags = this.byte();
    this.number();
    if (flags & 1) this.number();
  }
  refType() {
    const byte = this.byte();
    if (byte === 0x63 || byte === 0x64) this.signed();
  }
}

class ObjectFile {
  imports = { func: [], table: [], memory: [], global: [], tag: [] };
  symbols = [];
  segments = [];
  inits = [];
  groups = [];
  features = [];
  relocations = [];

  readImport(reader) {
    const module = reader.name();
    const field = reader.name();
    const kind = EXTERNAL[reader.byte()];
    this.imports[kind].push({ module, field });
    if (kind === "func") reader.number();
    if (kind === "table") {
      reader.refType();
      reader.limits();
    }
    if (kind === "memory") reader.limits();
    if (kind === "global") {
      reader.refType();
      reader.byte();
    }
    if (kind === "tag") {
      reader.byte();
      reader.number();
    }
  }

  readSymbol(reader) {
    const kind = KINDS[reader.byte()];
    const flags = reader.number();
    const symbol = { kind, flags, name: "" };
    const isDefined = !(flags & FLAGS.undefined);
    if (kind === "data") {
      symbol.name = reader.name();
      if (isDefined) Object.assign(symbol, { segment: reader.number(), offset: reader.number(), size: reader.number() });
    } else {
      symbol.index = reader.number();
      if (kind !== "section") {
        symbol.import = isDefined ? undefined : this.imports[kind][symbol.index];
        symbol.name = isDefined || flags & FLAGS.explicit_name ? reader.name() : symbol.import.field;
      }
    }
    return symbol;
  }

  readLinking(reader, end) {
    if (reader.number() !== 2) throw new Error("the version of the linking information is not 2");
    while (reader.at < end) {
      const id = reader.byte();
      const next = reader.number() + reader.at;
      if (id === 5) {
        this.segments = reader.list(() => ({ name: reader.name(), align: 2 ** reader.number(), flags: reader.number() }));
      } else if (id === 6) {
        this.inits = reader.list(() => ({ priority: reader.number(), symbol: reader.number() }));
      } else if (id === 7) {
        this.groups = reader.list(() => {
          const name = reader.name();
          reader.number();
          return { name, members: reader.list(() => [reader.byte(), reader.number()][0]) };
        });
      } else if (id === 8) {
        this.symbols = reader.list(() => this.readSymbol(reader));
      }
      reader.at = next;
    }
  }

  readRelocations(reader, section) {
    const target = reader.number();
    let last = -1;
    reader.list(() => {
      const type = TYPES[reader.byte()];
      const offset = reader.number();
      const index = reader.number();
      const addend = hasAddend(type) ? reader.signed() : 0;
      if (offset <= last) throw new Error(`the relocations of ${section} are not sorted`);
      last = offset;
      this.relocations.push({ section, target, type, offset, index, addend });
    });
  }

  // Checks that a relocated number has as many bytes as the linker writes.
  checkWidths(sections, bytes) {
    for (const { target, type, offset } of this.relocations.filter(({ type }) => type.includes("LEB"))) {
      const width = type.endsWith("64") ? 10 : 5;
      const at = sections[target] + offset;
      for (let byte = 0; byte < width; byte += 1) {
        if (bytes[at + byte] >= 0x80 !== byte < width - 1) throw new Error(`a number at ${at} is not padded: ${type}`);
      }
    }
  }

  // Describes everything but the segment and the symbol that gcwat adds for `ref.func`.
  describe() {
    const words = (all, flags) => Object.keys(all).filter((name) => flags & all[name]).map((name) => ` ${name}`).join("");
    const lines = [];
    for (const { kind, name, flags, import: from, segment, offset, size } of this.symbols) {
      if (kind === "section" || (flags & FLAGS.local && !name)) continue;
      const place = segment === undefined ? "" : ` at ${this.segments[segment].name}+${offset} size ${size}`;
      const source = from && flags & FLAGS.explicit_name ? ` = ${from.module}.${from.field}` : "";
      lines.push(`symbol ${kind} ${name}${source}${place}${words(FLAGS, flags)}`);
    }
    for (const { name, align, flags } of this.segments) {
      lines.push(`segment ${name} align ${align}${words(SEGMENT_FLAGS, flags)}`);
    }
    for (const { priority, symbol } of this.inits) lines.push(`init ${priority} ${this.symbols[symbol].name}`);
    for (const { name, members } of this.groups) lines.push(`comdat ${name} ${members.length}`);
    for (const { section, type, index, addend } of this.relocations) {
      const symbol = type === "TYPE_INDEX_LEB" ? "" : ` ${this.symbols[index].name}`;
      lines.push(`${section} ${type}${symbol}${addend ? ` ${addend > 0 ? "+" : ""}${addend}` : ""}`);
    }
    lines.push(...this.features.map((feature) => `feature ${feature}`));
    return lines.filter((line) => !line.includes("reffunc")).sort();
  }
}

// Reads an object. Throws an error if a relocated number is not padded.
export function readObject(bytes) {
  const object = new ObjectFile();
  const reader = new Reader(bytes, 8);
  const sections = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const name = id === 0 ? reader.name() : "";
    sections.push(reader.at);
    if (id === 2) reader.list(() => object.readImport(reader));
    if (name === "linking") object.readLinking(reader, end);
    if (name.startsWith("reloc.")) object.readRelocations(reader, name.slice("reloc.".length));
    if (name === "target_features") {
      object.features = reader.list(() => String.fromCharCode(reader.byte()) + reader.name());
    }
    reader.at = end;
  }
  object.checkWidths(sections, bytes);
  return object;
}
