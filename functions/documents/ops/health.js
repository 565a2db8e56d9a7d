/* Is it healthy? The checks of /v1/health. */
import { byId, el, runbookLink, show, slugOf } from './dom.js';
import { duration } from './format.js';

const words = { ok: 'ok', degraded: 'degraded', failed: 'failed' };

/** `Runbook: the tenant fails.` at the end of a reason names a section. */
const splitReason = (reason) => {
  const [, text = reason, section] = /^([\s\S]*?)\s*Runbook: ([^.]+)\.\s*$/.exec(reason) ?? [];
  return { text, section };
};

const rank = { failed: 0, degraded: 1, ok: 2 };

const item = ({ name, state, reason, since }, nowMillis) => {
  const { text, section } = splitReason(reason);
  const isOk = state === 'ok';
  return el(
    'li',
    { 'data-state': state },
    el('span', { class: 'pill' }, words[state] ?? state),
    el('strong', {}, name),
    !isOk && el('span', { class: 'soft' }, ` for ${duration(nowMillis - Date.parse(since))}`),
    // What is well needs no sentence at three in the morning; it is there for who wants it.
    isOk ? el('span', { class: 'hidden' }, text) : el('p', {}, text, ' ', section && runbookLink(slugOf(section))),
  );
};

/** @returns the checks that are not ok, the worst first. */
export const showHealth = ({ data }) => {
  const checks = data.attributes.checks.toSorted((a, b) => rank[a.state] - rank[b.state]);
  const nowMillis = Date.now();
  show(byId('health'), ...checks.map((check) => item(check, nowMillis)));
  return checks.filter(({ state }) => state !== 'ok');
};
