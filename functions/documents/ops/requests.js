/* What does it do to my app? Recent decisions, by application and one by one. */
import { byId, el, runbookLink, show, table } from './dom.js';
import { count, counted, duration, millis, percent, time } from './format.js';

const kindOf = ({ status }) =>
  status === 429 ? 'refused' : status >= 500 ? 'failed' : status >= 400 ? 'other' : 'fine';

/** Sums of a page of decisions, by application. Answers without a call upstream are fine ones. */
const sumsOf = (entries) => {
  const sums = new Map();
  for (const { type, attributes } of entries) {
    const { consumerId, standsFor } = attributes;
    const sum = sums.get(consumerId) ?? {
      consumerId,
      all: 0,
      fine: 0,
      refused: 0,
      failed: 0,
      other: 0,
      reasons: new Map(),
    };
    const kind = type === 'hits' ? 'fine' : kindOf(attributes);
    sum.all += standsFor;
    sum[kind] += standsFor;
    if (attributes.reason) sum.reasons.set(attributes.reason, attributes);
    sums.set(consumerId, sum);
  }
  return [...sums.values()].sort((a, b) => b.failed + b.refused - a.failed - a.refused || b.all - a.all);
};

const sentence = ({ all, fine, refused, failed, other }) => {
  const parts = [
    [failed, 'failed (500 and above)'],
    [refused, 'refused (429)'],
    [other, 'answered 4xx'],
  ].filter(([number]) => number > 0);
  if (parts.length === 0) return `All of ${count(all)} succeeded.`;
  return `${percent(fine, all)} of ${count(all)} succeeded, ${parts.map(([number, word]) => `${count(number)} ${word}`).join(', ')}.`;
};

const appItem = (sum, pick) => {
  const state = sum.failed > 0 ? 'failed' : sum.refused > 0 ? 'degraded' : 'ok';
  const [newest] = sum.reasons.values();
  const button = el(
    'button',
    { type: 'button', class: 'plain', 'data-focus': `app-${sum.consumerId}` },
    sum.consumerId,
  );
  button.dataset.consumer = sum.consumerId;
  button.addEventListener('click', () => pick(sum.consumerId));
  return el(
    'li',
    { 'data-state': state },
    el('span', { class: 'pill' }, { ok: 'answered', degraded: 'refused', failed: 'failing' }[state]),
    button,
    el('p', {}, sentence(sum)),
    newest && el('p', { class: 'soft' }, newest.reason, ' ', newest.runbook && runbookLink(newest.runbook)),
  );
};

/** @param pick called with an application whose decisions are wanted. */
export const showApps = ({ data }, pick) => {
  const place = byId('apps');
  const sums = sumsOf(data);
  const known = byId('consumers');
  show(known, ...sums.map(({ consumerId }) => el('option', { value: consumerId })));
  if (sums.length === 0)
    return show(place, el('p', { class: 'soft' }, 'No application has called in the last 24 hours.'));
  const oldest = data.at(-1).attributes.startedAt;
  show(
    place,
    el('p', { class: 'soft' }, `The last ${counted(data.length, 'decision')}, since ${time(oldest)}.`),
    el('ul', { class: 'checks' }, ...sums.map((sum) => appItem(sum, pick))),
  );
};

const verdict = (cacheStatus) => {
  if (cacheStatus === undefined) return '–';
  if (/^hit\b/.test(cacheStatus)) return 'hit';
  return /\bfwd=([\w-]+)/.exec(cacheStatus)?.[1] ?? cacheStatus;
};

const sendsOf = (sends) =>
  sends.length === 0
    ? 'nothing was sent'
    : sends.map(({ answered, status }) => (answered ? status : 'no answer')).join(', ');

const rows = ({ id, attributes: a }) => [
  ['Request', id],
  ['Application', a.consumerId],
  ['Operation', a.operation],
  ['Scope', a.scope],
  ['Credential', a.credentialKind],
  ['Cache', a.cacheStatus],
  [
    'Budget',
    a.quota?.outcome &&
      `${a.quota.outcome}, ${counted(a.quota.units ?? 0, 'unit')}, waited ${millis(a.quota.waitedMillis ?? 0)}`,
  ],
  ['Refused by', a.quota?.refusedBy],
  ['Try again at', a.quota?.retryAt && time(a.quota.retryAt)],
  ['Sent to the tenant', sendsOf(a.sends)],
  ['Error', a.errorCode],
  ['Stands for', a.standsFor > 1 ? `${count(a.standsFor)} requests` : undefined],
  ['Took', millis(a.durationMillis)],
];

const details = (entry) => {
  const { reason, runbook } = entry.attributes;
  return el(
    'div',
    { class: 'details' },
    reason && el('p', {}, el('strong', {}, reason), ' ', runbook && runbookLink(runbook)),
    el(
      'dl',
      {},
      ...rows(entry).flatMap(([name, value]) => (value ? [el('dt', {}, name), el('dd', {}, String(value))] : [])),
    ),
  );
};

/** Rows that a person has opened. They stay open while new ones come. */
const opened = new Set();

const requestRow = (entry) => {
  const { attributes: a, id } = entry;
  const summary = el(
    'summary',
    { 'data-focus': `request-${id}` },
    el('span', { class: 'when' }, time(a.startedAt)),
    el('span', { class: 'pill', 'data-kind': kindOf(a) }, String(a.status)),
    el('span', { class: 'who' }, a.consumerId),
    el('span', { class: 'what' }, a.operation ?? a.method),
    el('span', { class: 'soft why' }, a.reason ?? `cache: ${verdict(a.cacheStatus)}, ${millis(a.durationMillis)}`),
  );
  return el('details', { 'data-id': id, open: opened.has(id) }, summary, details(entry));
};

const hitsRow = ({ attributes: a }) =>
  el(
    'p',
    { class: 'line' },
    el('span', { class: 'when' }, time(a.startedAt)),
    el('span', { class: 'pill', 'data-kind': 'fine' }, 'cache'),
    el('span', { class: 'who' }, a.consumerId),
    el('span', { class: 'what' }, `${counted(a.standsFor, 'answer')} without a call to the tenant, in this minute`),
  );

export const showDecisions = ({ data, links }, nowMillis) => {
  const place = byId('decisions');
  const newest = data[0]?.attributes.startedAt;
  byId('decisions-about').textContent =
    newest === undefined
      ? 'No request of the last 24 hours fits.'
      : `${count(data.length)} newest${links.next ? '' : ' (all)'}; the newest is ${duration(nowMillis - Date.parse(newest))} old. Open one for its explanation.`;
  show(place, ...data.map((entry) => (entry.type === 'hits' ? hitsRow(entry) : requestRow(entry))));
  for (const row of place.querySelectorAll('details'))
    row.ontoggle = () => (row.open ? opened.add(row.dataset.id) : opened.delete(row.dataset.id));
};

export const usageTable = (sums) =>
  table(
    'Use of the last 24 hours by application',
    [
      { title: 'Application', cell: ({ consumerId }) => consumerId },
      { title: 'Calls', isNumber: true, cell: ({ calls }) => count(calls) },
      { title: 'From the cache', isNumber: true, cell: ({ hits, calls }) => percent(hits, calls) },
      { title: 'To the tenant', isNumber: true, cell: ({ upstreamCalls }) => count(upstreamCalls) },
      { title: 'Refused', isNumber: true, cell: ({ refusals }) => count(refusals) },
      { title: 'Errors', isNumber: true, cell: ({ errors }) => count(errors) },
      {
        title: 'Mean time',
        isNumber: true,
        cell: ({ durationMillis, calls }) => millis(calls ? durationMillis / calls : null),
      },
    ],
    sums,
    'No application has called in the last 24 hours.',
  );
