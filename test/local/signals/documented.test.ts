import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { controlCalls } from '../../../local/signals/control/control.ts';
import { defaultSwitches } from '../../../local/signals/options.ts';
import { defaultBehaviour } from '../../../local/signals/tenant/behaviour.ts';

const page = await readFile(new URL('../../../docs/simulator.md', import.meta.url), 'utf8');

describe('docs/simulator.md', () => {
  it.each(controlCalls)('names the control call %s', (call) => {
    expect(page).toContain(`\`${call}\``);
  });

  it('names no control call that does not exist', () => {
    const named = [...page.matchAll(/`((?:GET|POST|PATCH|DELETE) \/_control\/\w+)`/g)].map(([, call]) => call);
    expect(named.filter((call) => !controlCalls.includes(call ?? ''))).toEqual([]);
  });

  it.each([...Object.keys(defaultSwitches), ...Object.keys(defaultBehaviour())])(
    'names the switch or behaviour %s',
    (name) => {
      expect(page).toContain(name);
    },
  );
});
