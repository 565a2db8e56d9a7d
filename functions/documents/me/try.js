/* Try a call: choose an operation that the key may call, fill in its fields, see the answer. */
import { el, facadeUrl } from '../ops/dom.js';
import { counted, millis } from '../ops/format.js';
import { allowedOperations, search, toCurl, toRequest } from './operations.js';
import { badge, facts, fill, soft } from './parts.js';

const first = ['getEntities', 'readQuota', 'readMe'];
const notedHeaders = [
  'cache-status',
  'age',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-acting-as',
  'x-request-id',
  'etag',
  'location',
  'content-type',
];
const mostShown = 100_000;

const inputOf = ({ in: place, name, required, about, value }) => {
  const field = el('input', {
    name: `${place} ${name}`,
    required,
    value: value ?? '',
    autocomplete: 'off',
    spellcheck: false,
    'data-field': name,
  });
  if (place === 'path') field.setAttribute('list', 'seen-ids');
  return el('label', { title: about }, el('span', {}, el('code', {}, name), required ? ' (needed)' : ''), field);
};

const fieldsOf = ({ fields, body, method }) => {
  const shown = fields.filter(({ required, value }) => required || value !== undefined);
  const others = fields.filter((field) => !shown.includes(field));
  return [
    method !== 'GET' && el('p', { class: 'note' }, 'This call changes data. It is carried out, not simulated.'),
    el('div', { class: 'row fields' }, shown.map(inputOf)),
    others.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, `More parameters (${others.length})`),
        el('div', { class: 'row fields' }, others.map(inputOf)),
      ),
    body.mediaType &&
      el('label', {}, 'Body', el('textarea', { name: 'body', rows: 10, spellcheck: false, value: body.example })),
  ].filter(Boolean);
};

const prettyOf = (answer, text) => {
  const type = answer.headers.get('content-type') ?? '';
  if (text === '') return 'No body.';
  if (!/json|text|xml/.test(type)) return `${type || 'Bytes'}: not shown here.`;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

const shownAnswer = ({ answer, text }, tookMillis) => {
  const pretty = prettyOf(answer, text);
  const tone = answer.ok ? 'ok' : answer.status >= 500 ? 'bad' : 'trouble';
  return [
    el(
      'p',
      { class: 'row', role: 'status' },
      badge(`Status ${answer.status}`, tone),
      el('span', { class: 'soft' }, `after ${millis(tookMillis)}`),
    ),
    facts(notedHeaders.map((name) => [name, answer.headers.get(name) ?? undefined])),
    el('pre', { tabindex: '0', 'aria-label': 'Body of the answer' }, el('code', {}, pretty.slice(0, mostShown))),
    pretty.length > mostShown && soft(`The first ${mostShown} of ${pretty.length} characters.`),
  ].filter(Boolean);
};

/** Ids of an answer, which the next call may need. */
const idsIn = (text) => {
  try {
    const { data } = JSON.parse(text);
    return [data]
      .flat()
      .map((one) => one?.id)
      .filter((id) => typeof id === 'string');
  } catch {
    return [];
  }
};

const optionsOf = (operations) => {
  const groups = Map.groupBy(operations, ({ tag }) => tag);
  return [...groups].map(([label, members]) =>
    el(
      'optgroup',
      { label },
      members.map(({ id, method, summary }) => el('option', { value: id }, `${method} · ${summary}`)),
    ),
  );
};

const createForm = (session, operations) => {
  const seen = el('datalist', { id: 'seen-ids' });
  const filter = el('input', {
    type: 'search',
    id: 'find-operation',
    placeholder: 'entities, quota, export …',
    autocomplete: 'off',
    spellcheck: false,
  });
  const select = el('select', { id: 'operation' });
  const found = el('span', { class: 'soft', role: 'status' });
  const address = el('code', { class: 'address' });
  const fields = el('div', {});
  const curl = el('code');
  const result = el('div', { id: 'answer' });
  const send = el('button', { type: 'submit', class: 'main' }, 'Send');
  const form = el('form', { id: 'call' });
  let chosen;

  const requestNow = () => {
    const { body = '', ...values } = Object.fromEntries(new FormData(form));
    return toRequest(chosen, values, body);
  };
  const showRequest = () => {
    const request = requestNow();
    address.textContent = `${request.method} /${decodeURIComponent(request.path)}`;
    curl.textContent = toCurl(facadeUrl, request);
  };
  const choose = () => {
    chosen = operations.find(({ id }) => id === select.value);
    send.disabled = chosen === undefined;
    fields.replaceChildren(...(chosen ? fieldsOf(chosen) : []));
    send.textContent = chosen ? `Send ${chosen.method}` : 'Send';
    if (chosen) showRequest();
  };
  const narrow = (wanted) => {
    const matching = search(operations, filter.value);
    select.replaceChildren(...optionsOf(matching));
    found.textContent = `${matching.length} of ${counted(operations.length, 'call')}`;
    if (matching.some(({ id }) => id === wanted)) select.value = wanted;
    if (select.value !== chosen?.id) choose();
  };
  const call = async () => {
    const { path, ...options } = requestNow();
    const started = performance.now();
    const got = await session.read(path, options);
    const ids = idsIn(got.text);
    if (ids.length > 0) seen.replaceChildren(...ids.slice(0, 20).map((value) => el('option', { value })));
    return shownAnswer(got, performance.now() - started);
  };

  filter.addEventListener('input', () => narrow(chosen?.id));
  select.addEventListener('change', choose);
  fields.addEventListener('input', showRequest);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (chosen === undefined || result.hasAttribute('aria-busy')) return;
    fill(session, result, call);
  });
  form.append(
    el(
      'div',
      { class: 'row fields' },
      el('label', { class: 'wide' }, 'Find a call', filter),
      el('label', { class: 'wide' }, 'Call', select),
    ),
    el('p', {}, found),
    el('p', { class: 'line' }, address),
    fields,
    el('p', { class: 'row' }, send),
    el(
      'details',
      {},
      el('summary', {}, 'The same with curl'),
      el('pre', { tabindex: '0', 'aria-label': 'Command' }, curl),
    ),
    seen,
    result,
  );
  narrow(first.find((id) => operations.some((one) => one.id === id)));
  return form;
};

export const showTry = (session, place, may) =>
  fill(session, place, async () => {
    const operations = allowedOperations(await session.ask('openapi.json'), may);
    return [
      soft('The calls that this key allows. They go to the facade that serves this page, and count like any other.'),
      createForm(session, operations),
    ];
  });
