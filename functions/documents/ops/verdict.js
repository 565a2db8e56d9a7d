/* The sentence at the top: is it healthy, what rings, and how old is what the page shows. */
import { byId, el, show } from './dom.js';
import { time } from './format.js';

const list = (names) => new Intl.ListFormat('en-GB').format(names);

export const createVerdict = () => {
  const seen = { checks: undefined, ringing: [], faults: [] };
  const freshness = new Map();

  const sentence = () => {
    const { checks = [], ringing } = seen;
    if (ringing.length > 0)
      return { level: 'failed', text: `${ringing.length === 1 ? 'An alarm rings' : `${ringing.length} alarms ring`}` };
    if (checks.some(({ state }) => state === 'failed')) return { level: 'failed', text: 'Something has failed' };
    return checks.length > 0
      ? { level: 'degraded', text: 'It works, with trouble' }
      : { level: 'ok', text: 'All is well' };
  };

  const draw = () => {
    if (seen.checks === undefined) return;
    const { level, text } = sentence();
    byId('verdict').dataset.state = level;
    byId('verdict-title').textContent = text;
    const { checks, ringing, faults } = seen;
    const parts = [
      ringing.length > 0 && `${list(ringing.map(({ id }) => id))}.`,
      checks.length > 0 && `Not ok: ${list(checks.map(({ name, state }) => `${name} (${state})`))}.`,
      faults.length > 0 && `Provoked here: ${list(faults.map(({ title }) => title))}.`,
    ].filter(Boolean);
    show(byId('verdict-more'), parts.join(' ') || 'Each check is ok.');
    document.title = `${level === 'ok' ? 'Well' : text} - Operations - Signals facade`;
  };

  const drawFreshness = () => {
    const failing = [...freshness].filter(([, { error }]) => error);
    const newest = Math.max(...[...freshness.values()].map(({ askedMillis }) => askedMillis));
    show(
      byId('freshness'),
      `Updated at ${time(newest)}.`,
      ...failing.map(([name, { error, nextMillis }]) =>
        el(
          'span',
          { class: 'warning' },
          ` ${name} is not up to date: ${error.message} Asked again at ${time(nextMillis)}.`,
        ),
      ),
    );
  };

  return {
    /** @param checks that are not ok. */
    setChecks(checks) {
      seen.checks = checks;
      draw();
    },
    setAlarms(ringing, faults) {
      seen.ringing = ringing;
      seen.faults = faults;
      draw();
    },
    setFreshness(name, state) {
      freshness.set(name, state);
      drawFreshness();
    },
  };
};
