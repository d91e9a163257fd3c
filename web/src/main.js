// The page: the editor, the problems, the panes, and how texts come in and go out.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { call } from './assembler.js';
import { EXAMPLES } from './examples.js';
import { marked, problems } from './diagnostics.js';
import { completion, wat } from './language.js';
import { PANES, fill } from './panes.js';
import * as run from './run.js';
import { fragmentOf, textOf } from './share.js';

const address = window.history;
const element = (id) => document.getElementById(id);
const DELAY = 120;

let instructions = [];
let bytes = null;
let selected = 'run';
let checked = 0;
let isLoaded = false;
let timer;

const theme = EditorView.theme({
  '&': { fontSize: '14px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--dim)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'color-mix(in srgb, var(--accent) 26%, transparent) !important' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'color-mix(in srgb, var(--accent) 22%, transparent)', outline: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '.75', marginLeft: '1em' },
});

const view = new EditorView({ parent: element('editor'), state: stateOf('') });

function stateOf(text) {
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      foldGutter(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      autocompletion({ override: [completion(() => instructions)] }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, indentWithTab]),
      wat,
      theme,
      EditorView.contentAttributes.of({ 'aria-label': 'WebAssembly text', 'aria-description': 'Escape and then Tab leaves the editor.', spellcheck: 'false', tabindex: '0' }),
      EditorView.updateListener.of(({ docChanged }) => docChanged && changed()),
    ],
  });
}

function changed() {
  clearTimeout(timer);
  timer = setTimeout(check, DELAY);
}

function setText(text) {
  view.setState(stateOf(text));
  check();
}

/** Applies the edits of a suggestion. */
function apply({ edits }) {
  view.dispatch({ changes: edits.map(({ span, replacement }) => ({ from: span.start, to: span.end, insert: replacement })) });
  view.focus();
}

/** Selects a span. */
function show({ start, end }) {
  view.dispatch({ selection: { anchor: start, head: end }, scrollIntoView: true });
  view.focus();
}

async function check() {
  checked += 1;
  const own = checked;
  const text = view.state.doc.toString();
  const status = element('status');
  element('pane').classList.add('stale');
  try {
    const found = await call('check', text);
    if (own !== checked) {
      return;
    }
    isLoaded = true;
    bytes = found.bytes ?? null;
    view.dispatch(setDiagnostics(view.state, found.diagnostics.map((one) => marked(one, text.length, apply))));
    element('problems').replaceChildren(...problems(found.diagnostics, show, apply));
    const errors = found.diagnostics.filter(({ level }) => level === 'error').length;
    status.textContent = bytes ? `Assembled: ${bytes.length.toLocaleString('en')} bytes` : `${errors} ${errors === 1 ? 'error' : 'errors'}`;
    document.documentElement.dataset.ready = own;
    await showPane();
  } catch (error) {
    status.textContent = `gcwat: ${error.message}`;
  }
}

async function showPane() {
  const pane = element('pane');
  if (!bytes) {
    pane.classList.toggle('old', isLoaded && pane.dataset.shown === selected && !pane.classList.contains('empty'));
    if (isLoaded && pane.dataset.shown !== selected) {
      pane.textContent = 'Fix the errors to see the module.';
      pane.dataset.shown = selected;
      pane.classList.add('empty');
    }
    return;
  }
  const [own, tab, module] = [checked, selected, bytes];
  if (tab === 'run') {
    await run.show(pane, module);
  } else {
    const shown = await PANES[tab].show(view.state.doc.toString(), module);
    if (own === checked && tab === selected) {
      fill(pane, shown);
    }
  }
  if (own === checked) {
    pane.classList.remove('stale', 'old', 'empty');
    pane.dataset.shown = tab;
  }
}

function select(tab) {
  selected = tab;
  for (const button of element('tabs').children) {
    button.setAttribute('aria-selected', button.dataset.tab === tab);
    button.tabIndex = button.dataset.tab === tab ? 0 : -1;
  }
  element('pane').setAttribute('aria-labelledby', `tab-${tab}`);
  showPane().catch((error) => (element('status').textContent = error.message));
}

for (const [tab, title] of [['run', 'Run'], ...Object.entries(PANES).map(([tab, { title }]) => [tab, title])]) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', id: `tab-${tab}`, textContent: title, onclick: () => select(tab) });
  button.dataset.tab = tab;
  button.setAttribute('role', 'tab');
  button.setAttribute('aria-controls', 'pane');
  element('tabs').append(button);
}
element('tabs').onkeydown = ({ key }) => {
  const tabs = [...element('tabs').children];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step) {
    const next = tabs[(tabs.findIndex(({ dataset }) => dataset.tab === selected) + step + tabs.length) % tabs.length];
    select(next.dataset.tab);
    next.focus();
  }
};

const examples = element('example');
for (const { name } of EXAMPLES) {
  examples.append(new Option(name));
}
examples.onchange = () => setText(EXAMPLES[examples.selectedIndex].text);

element('share').onclick = async () => {
  address.replaceState(null, '', await fragmentOf(view.state.doc.toString()));
  try {
    await navigator.clipboard.writeText(location.href);
    element('status').textContent = 'The link is copied.';
  } catch {
    element('status').textContent = 'The link is in the address bar.';
  }
};

async function open(file) {
  const contents = new Uint8Array(await file.arrayBuffer());
  const isBinary = contents[0] === 0 && contents[1] === 0x61;
  try {
    setText(isBinary ? await call('disassemble', contents) : new TextDecoder().decode(contents));
    element('status').textContent = `Opened ${file.name}`;
  } catch (error) {
    element('status').textContent = `${file.name}: ${error.message}`;
  }
}
element('open').onclick = () => element('file').click();
element('file').onchange = ({ target }) => target.files[0] && open(target.files[0]);
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? document.body.classList.remove('dragging'));
document.addEventListener(
  'drop',
  (event) => {
    document.body.classList.remove('dragging');
    if (event.dataTransfer.files[0]) {
      event.preventDefault();
      event.stopPropagation();
      open(event.dataTransfer.files[0]);
    }
  },
  true,
);

const dark = window.matchMedia('(prefers-color-scheme: dark)');
let chosen = null;
const setTheme = () => (document.documentElement.dataset.theme = chosen ?? (dark.matches ? 'dark' : 'light'));
dark.onchange = setTheme;
element('theme').onclick = () => {
  chosen = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  setTheme();
};
setTheme();

async function load() {
  const shared = await textOf(location.hash);
  setText(shared ?? EXAMPLES[0].text);
}
window.addEventListener('hashchange', load);
select('run');
await load();
instructions = await call('instructions');
