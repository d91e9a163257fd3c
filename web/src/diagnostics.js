// Diagnostics for the editor and for the list of problems.

const MOST_PROBLEMS = 100;

/** Returns nodes for a message, with the parts in backquotes as code. */
function phrase(message) {
  return message.split(/(`[^`]+`)/).map((part) => {
    if (!/^`[^`]+`$/.test(part)) {
      return part;
    }
    const code = document.createElement('code');
    code.textContent = part.slice(1, -1);
    return code;
  });
}

/** Creates an element with a class and contents. */
function element(name, className, ...contents) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...contents);
  return made;
}

/** Returns the title of a suggestion, with its replacement if the message does not have it. */
function titled({ message, edits }) {
  const replacement = edits.length === 1 ? edits[0].replacement.trim() : '';
  const isShown = replacement === '' || replacement.length > 40 || replacement.includes('\n') || message.includes(replacement);
  return isShown ? message : `${message}: \`${replacement}\``;
}

/** Returns what a diagnostic says besides its message: its labels with their lines, and its notes. */
function details({ label, labels, notes }) {
  return [
    ...(label ? [element('div', 'label', ...phrase(label))] : []),
    ...labels.map(({ span, message }) => element('div', 'label', `line ${span.line}: `, ...phrase(message))),
    ...notes.map((note) => element('div', 'note', ...phrase(note))),
  ];
}

/** Converts a diagnostic for the editor. `apply` applies a suggestion. */
export function marked(diagnostic, length, apply) {
  const { code, level, message, span, suggestions } = diagnostic;
  const from = Math.min(span.start, length);
  return {
    from,
    to: Math.min(Math.max(span.end, from), length),
    severity: level,
    source: code,
    message,
    renderMessage: () => element('div', 'explained', element('div', 'message', ...phrase(message)), ...details(diagnostic)),
    actions: suggestions.map((one) => ({ name: titled(one), apply: () => apply(one) })),
  };
}

/** Returns the list of problems, each with its location, details and fixes. `show` selects a span in the editor. */
export function problems(diagnostics, show, apply) {
  if (diagnostics.length === 0) {
    return [];
  }
  const list = element('ol', '');
  for (const one of diagnostics.slice(0, MOST_PROBLEMS)) {
    const go = element('button', 'goto', ...phrase(one.message));
    go.onclick = () => show(one.span);
    const place = element('span', 'place', `${one.level} ${one.span.line}:${one.span.column}`);
    const fixes = one.suggestions.map((suggestion) => {
      const button = element('button', '', titled(suggestion));
      button.onclick = () => apply(suggestion);
      return button;
    });
    const item = element('li', one.level, place, go, element('span', 'code', one.code), ...details(one));
    if (fixes.length > 0) {
      item.append(element('div', 'fixes', ...fixes));
    }
    list.append(item);
  }
  if (diagnostics.length > MOST_PROBLEMS) {
    list.append(element('li', 'more', `and ${diagnostics.length - MOST_PROBLEMS} more`));
  }
  return [list];
}
