/* The pages of the portal: search, addresses in examples, buttons that copy. Bundled by infra/portal/portal-files.ts. */
import MiniSearch from 'minisearch';

const { docs, version } = document.body.dataset;
/** Of the folder /docs/, with the stage in front. */
const docsUrl = new URL(docs, location.href);
/** Base URL of the facade that serves this page. */
const facadeUrl = new URL('.', docsUrl.href.replace(/\/$/, '')).href.replace(/\/$/, '');

/* The examples are written for the twin. Here they call the facade that serves them. */
for (const code of document.querySelectorAll('pre code')) {
  code.textContent = code.textContent.replaceAll('http://127.0.0.1:4000', facadeUrl);
}

const addCopyButton = (block) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2_000);
  });
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
};
// Browsers have a clipboard on https and on this machine only.
if (navigator.clipboard) for (const block of document.querySelectorAll('pre[data-language]')) addCopyButton(block);

/* On a wide screen the list of guides is always open. */
const guides = document.querySelector('nav.guides details');
const wide = matchMedia('(min-width: 60rem)');
const showGuides = () => {
  guides.open = wide.matches;
};
wide.addEventListener('change', showGuides);
showGuides();

const input = document.getElementById('search');
const results = document.getElementById('results');
const mostResults = 12;

let loading;
const load = async () => {
  const answer = await fetch(new URL(`search.json?v=${version}`, docsUrl));
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const entries = await answer.json();
  const index = new MiniSearch({
    fields: ['title', 'place', 'text'],
    searchOptions: { boost: { title: 3, place: 2 }, prefix: true, fuzzy: 0.2, combineWith: 'AND' },
  });
  index.addAll(entries.map((entry, id) => ({ id, ...entry })));
  return (phrase) => index.search(phrase).map(({ id }) => entries[id]);
};
const loaded = () => {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

const toItem = ({ title, place, href }) => {
  const link = document.createElement('a');
  link.href = new URL(href, docsUrl);
  const name = document.createElement('strong');
  name.textContent = title;
  const where = document.createElement('span');
  where.textContent = place;
  link.append(name, where);
  const item = document.createElement('li');
  item.append(link);
  return item;
};

const say = (text) => {
  const note = document.createElement('p');
  note.textContent = text;
  return note;
};

const show = (phrase, found) => {
  const list = document.createElement('ul');
  list.append(...found.slice(0, mostResults).map(toItem));
  const count = found.length > mostResults ? `${mostResults} of ${found.length} results` : `${found.length} results`;
  results.replaceChildren(say(found.length === 0 ? `Nothing was found for “${phrase}”.` : count), list);
};

const hide = () => {
  results.hidden = true;
  results.replaceChildren();
};

const search = async () => {
  const phrase = input.value.trim();
  if (phrase === '') return hide();
  results.hidden = false;
  try {
    const find = await loaded();
    // Meanwhile more was typed.
    if (phrase === input.value.trim()) show(phrase, find(phrase));
  } catch (error) {
    results.replaceChildren(say(`The search cannot be loaded (${error.message}).`));
  }
};

input.addEventListener('input', search);
input.form.addEventListener('submit', (event) => {
  event.preventDefault();
  results.querySelector('a')?.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !results.hidden) {
    input.value = '';
    hide();
    input.focus();
  }
  const isTyping = event.target instanceof HTMLInputElement;
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    input.focus();
  }
});
