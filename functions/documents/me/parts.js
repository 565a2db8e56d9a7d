/* Parts of the page that are loaded, may fail, and may have more pages. */
import { el } from '../ops/dom.js';

export const partOf = (name) => document.querySelector(`[data-part="${name}"]`);

export const badge = (text, tone = 'plain') => el('span', { class: `badge ${tone}` }, text);

export const facts = (rows) =>
  el(
    'dl',
    { class: 'facts' },
    rows
      .filter(([, value]) => value !== undefined && value !== '')
      .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  );

export const soft = (...children) => el('p', { class: 'soft' }, ...children);

/** What a section says to a key that lacks its scope. */
export const lacking = (scope, what) =>
  soft(
    `${what} needs the scope `,
    el('code', {}, scope),
    ', which this key does not have. The team that runs the facade can add it.',
  );

/** Runs `work` once at a time: a second press of the button changes nothing. */
export const button = (text, work, props = {}) => {
  const made = el('button', { type: 'button', ...props }, text);
  made.addEventListener('click', async () => {
    if (made.getAttribute('aria-busy') === 'true') return;
    made.setAttribute('aria-busy', 'true');
    try {
      await work(made);
    } finally {
      made.removeAttribute('aria-busy');
    }
  });
  return made;
};

const isOver = (session) => session.signal.aborted;

/** Fills a place with what `load` answers, says that it waits, and offers to try again when that fails. */
export const fill = async (session, place, load) => {
  place.setAttribute('aria-busy', 'true');
  if (place.childElementCount === 0) place.replaceChildren(el('p', { class: 'soft waiting' }, 'Loading …'));
  try {
    const shown = [await load()].flat();
    if (!isOver(session)) place.replaceChildren(...shown.filter(Boolean));
  } catch (error) {
    if (isOver(session)) return;
    const again = button('Try again', () => fill(session, place, load));
    place.replaceChildren(el('p', { class: 'warning', role: 'status' }, error.message), again);
  } finally {
    place.removeAttribute('aria-busy');
  }
};

/** The path of `links.next`: whatever host it names, the page asks its own facade. */
const nextPath = (next) => {
  const { pathname, search } = new URL(next);
  return pathname.slice(pathname.indexOf('/v1/') + 1) + search;
};

/** A list that grows by a page for each press of a button. @param toItem what one entry looks like. */
export const pagedList = async (session, path, toItem, none) => {
  const list = el('ul', { class: 'items' });
  const more = el('p', {});
  const take = async (from) => {
    const { data, links } = await session.ask(from);
    const items = data.map(toItem).filter(Boolean);
    list.append(...items);
    const next = links?.next;
    more.replaceChildren(...(next ? [button('Show more', () => takeMore(nextPath(next)))] : []));
    return items[0];
  };
  const takeMore = async (from) => {
    try {
      const first = await take(from);
      first?.querySelector('summary, button, a')?.focus();
    } catch (error) {
      if (isOver(session)) return;
      more.replaceChildren(
        el('p', { class: 'warning', role: 'status' }, error.message),
        button('Try again', () => takeMore(from)),
      );
    }
  };
  await take(path);
  return list.childElementCount === 0 && more.childElementCount === 0 ? soft(none) : el('div', {}, list, more);
};
