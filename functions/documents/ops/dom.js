/* Elements out of plain values. Text is always text: names come from applications, and may be anything. */

/** @param props properties; `class`, `data-…`, `aria-…` and the like as attributes. @param children elements and texts; others are left out. */
export const el = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name in made && !name.includes('-')) made[name] = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};

export const byId = (id) => document.getElementById(id);

const docsUrl = new URL(document.body.dataset.docs, location.href);
/** Base URL of the facade that serves this page, with a slash at its end. */
export const facadeUrl = new URL('.', docsUrl.href.replace(/\/$/, ''));

/** A link to a section of the runbook. */
export const runbookLink = (section, text = 'Runbook') =>
  el('a', { href: new URL(`guides/runbook#${encodeURIComponent(section)}`, docsUrl).href }, text);

/** The fragment that the guide gives a title. */
export const slugOf = (title) =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');

/** A table that scrolls by itself where it is too wide. @param columns title, and the cell of a row. */
export const table = (caption, columns, rows, none) => {
  if (rows.length === 0) return el('p', { class: 'soft' }, none);
  const numeric = ({ isNumber }) => (isNumber ? 'number' : undefined);
  const head = columns.map((column) => el('th', { scope: 'col', class: numeric(column) }, column.title));
  const lines = rows.map((row) =>
    el('tr', {}, ...columns.map((column) => el('td', { class: numeric(column) }, column.cell(row)))),
  );
  return el(
    'div',
    { class: 'table', role: 'region', 'aria-label': caption, tabindex: '0' },
    el(
      'table',
      {},
      el('caption', { class: 'hidden' }, caption),
      el('thead', {}, el('tr', {}, ...head)),
      el('tbody', {}, ...lines),
    ),
  );
};

const shown = new WeakMap();

/** Replaces the contents of `place`, unless they would look the same: so a focus, an open row or a selection stays. */
export const show = (place, ...children) => {
  const next = el('div', {}, ...children);
  const html = next.innerHTML;
  if (shown.get(place) === html) return;
  shown.set(place, html);
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  place.replaceChildren(...next.childNodes);
  if (focused !== undefined) place.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
};
