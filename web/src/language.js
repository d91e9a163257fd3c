// WebAssembly text for CodeMirror: highlighting, indentation, and completion of names and instructions.

import { HighlightStyle, StreamLanguage, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const FIELDS = new Set(
  'module type func param result local global table memory tag import export start elem data rec sub final struct array field mut shared item offset declare cont then definition instance ref null exact catch catch_ref catch_all catch_all_ref on switch pagesize'.split(' '),
);
const TYPES = /^(i(8|16|32|64)|f(16|32|64)|v128|(any|eq|i31|struct|array|func|extern|exn|cont|null|nullfunc|nullextern|nullexn|nullcont)ref|any|eq|i31|none|nofunc|extern|noextern|exn|noexn|nocont)$/;
const TYPE_NAMES = 'i32 i64 f32 f64 v128 funcref externref anyref eqref i31ref structref arrayref exnref'.split(' ');
const WORD = /^[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+/;

const stream = {
  name: 'wat',
  startState: () => ({ depth: 0, comment: 0 }),
  token(stream, state) {
    if (state.comment > 0) {
      while (!stream.eol()) {
        if (stream.match('(;')) {
          state.comment += 1;
        } else if (stream.match(';)')) {
          state.comment -= 1;
          if (state.comment === 0) {
            break;
          }
        } else {
          stream.next();
        }
      }
      return 'comment';
    }
    if (stream.eatSpace()) {
      return null;
    }
    if (stream.match(';;')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match('(;')) {
      state.comment = 1;
      return 'comment';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) {
      return 'string';
    }
    if (stream.match(/^\(@?/)) {
      state.depth += 1;
      return 'paren';
    }
    if (stream.match(')')) {
      state.depth = Math.max(0, state.depth - 1);
      return 'paren';
    }
    const [word] = stream.match(WORD) ?? [stream.next()];
    if (word.startsWith('$')) {
      return 'variableName';
    }
    if (/^[+-]?(\d|inf$|nan(:|$))/.test(word)) {
      return 'number';
    }
    if (FIELDS.has(word)) {
      return 'keyword';
    }
    return TYPES.test(word) ? 'typeName' : 'operatorKeyword';
  },
  indent(state, after, { unit }) {
    return Math.max(0, state.depth - (/^\)/.test(after) ? 1 : 0)) * unit;
  },
  languageData: { commentTokens: { line: ';;', block: { open: '(;', close: ';)' } }, closeBrackets: { brackets: ['(', '"'] } },
};

const style = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--keyword)' },
  { tag: tags.operatorKeyword, color: 'var(--instruction)' },
  { tag: tags.typeName, color: 'var(--type)' },
  { tag: tags.variableName, color: 'var(--name)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: tags.number, color: 'var(--number)' },
  { tag: tags.comment, color: 'var(--comment)', fontStyle: 'italic' },
  { tag: tags.paren, color: 'var(--dim)' },
]);

export const wat = [StreamLanguage.define(stream), syntaxHighlighting(style), indentUnit.of('  ')];

/** The index spaces of the names that each keyword defines. */
const DEFINES = { func: 'func', type: 'type', global: 'global', table: 'table', memory: 'memory', tag: 'tag', data: 'data', elem: 'elem', field: 'field', param: 'local', local: 'local', block: 'label', loop: 'label', if: 'label', try_table: 'label' };

/** Returns the names of an index space. Those of locals and labels are from the function around `position`. */
function names(text, space, position) {
  const found = new Set();
  let from = 0;
  let to = text.length;
  if (space === 'local' || space === 'label') {
    from = Math.max(0, text.lastIndexOf('(func', position));
    const next = text.indexOf('(func', Math.max(position, from + 1));
    to = next < 0 ? to : next;
  }
  for (const [, keyword, name] of text.slice(from, to).matchAll(/\b([a-z_]+)\s+(\$[^\s()";,[\]{}]+)/g)) {
    if (DEFINES[keyword] === space) {
      found.add(name);
    }
  }
  return [...found];
}

/** The characters of an identifier, without its dollar sign. */
const IDENTIFIER = /[$\w.!#%&'*+\-/:<=>?@\\^`|~]+/;

/** Returns a list of completions, which is closed when the word is complete: then Enter starts a new line. */
function completions(from, word, options) {
  const labels = new Set(options.map(({ label }) => label));
  return labels.has(word) ? null : { from, options, validFor: (text) => /^[^\s()"]*$/.test(text) && !labels.has(text) };
}

/** Completes names after `$`, and instructions. `table` returns the instruction table. */
export function completion(table) {
  return (context) => {
    const word = context.matchBefore(IDENTIFIER);
    if (!word && !context.explicit) {
      return null;
    }
    const from = word?.from ?? context.pos;
    const text = context.state.doc.toString();
    const before = text.slice(Math.max(0, from - 200), from);
    if (/(;;[^\n]*|"[^"\n]*)$/.test(before)) {
      return null;
    }
    const operator = before.match(/([\w.]+)((?:\s+[^\s()\";]+)*)\s+$/);
    const words = operator ? [operator[1], ...operator[2].trim().split(/\s+/).filter(Boolean)] : [];
    const instructions = table();
    for (let at = words.length - 1; at >= 0; at -= 1) {
      const instruction = instructions.find(({ mnemonic }) => mnemonic === words[at]);
      const space = instruction ? (instruction.immediates[words.length - 1 - at] ?? (words[at] === 'br_table' ? 'label' : undefined)) : /^(type|export)$/.test(words[at]) ? 'type' : undefined;
      if (space && (word?.text.startsWith('$') || context.explicit)) {
        const options = names(text, space, from).map((label) => ({ label, type: 'variable', detail: space }));
        return completions(from, word?.text, options);
      }
      if (instruction) {
        break;
      }
    }
    if (word?.text.startsWith('$')) {
      const spaces = [...new Set(Object.values(DEFINES))];
      const options = spaces.flatMap((space) => names(text, space, from).map((label) => ({ label, type: 'variable', detail: space })));
      return completions(from, word.text, options);
    }
    const options = instructions.map(({ mnemonic, signature }) => ({ label: mnemonic, type: 'function', detail: signature }));
    options.push(...[...FIELDS].map((label) => ({ label, type: 'keyword' })), ...TYPE_NAMES.map((label) => ({ label, type: 'type' })));
    return completions(from, word?.text, options);
  };
}
