/* Faults that a person provokes in the twin, and the alarms that they ring. */
import { faultScope } from './api.js';
import { byId, el, runbookLink, show } from './dom.js';
import { duration } from './format.js';

const stateOf = (alarms, id) => alarms.find((alarm) => alarm.id === id)?.state;

const rings = ({ alarms: wanted, when }, alarms) =>
  wanted.length === 0
    ? el('p', { class: 'soft' }, when)
    : el(
        'p',
        { class: 'soft' },
        'Rings ',
        ...wanted.flatMap((id, index) => {
          const state = stateOf(alarms, id);
          const mark = el(
            'span',
            { class: 'pill', 'data-state': state, 'data-rings': id },
            state === 'ALARM' ? `${id} rings` : id,
          );
          return index === 0 ? [mark] : [' ', mark];
        }),
        ` ${when}`,
      );

const item = (fault, { alarms, nowMillis }, act) => {
  const isOn = fault.sinceMillis !== undefined;
  const button = el(
    'button',
    { type: 'button', 'data-focus': `fault-${fault.id}`, 'aria-describedby': `does-${fault.id}` },
    isOn ? `End: ${fault.title}` : fault.title,
  );
  button.disabled = act === undefined;
  button.addEventListener('click', () => act(fault.id, isOn));
  return el(
    'li',
    { 'data-fault': fault.id, 'data-on': isOn },
    button,
    isOn && el('p', {}, el('strong', {}, `On for ${duration(nowMillis - fault.sinceMillis)}.`)),
    el('p', { id: `does-${fault.id}` }, fault.does, ' ', runbookLink(fault.section)),
    rings(fault, alarms),
  );
};

/** @param act called with a fault, and whether it is on; undefined = the key may not. */
export const showFaults = (state, act) => {
  const { faults } = state;
  byId('faults').hidden = faults.length === 0;
  const about =
    'For this twin only. While a fault of the tenant lasts, the twin calls the tenant twice a second as demo-app, so that there is something to see. The tenant has one fault at a time.';
  byId('faults-about').textContent = act ? about : `Your key lacks ${faultScope}: it provokes and ends no fault.`;
  show(byId('fault-list'), ...faults.map((fault) => item(fault, state, act)));
  const on = faults.filter(({ sinceMillis }) => sinceMillis !== undefined);
  byId('end-faults').disabled = on.length === 0 || !act;
  return on;
};
