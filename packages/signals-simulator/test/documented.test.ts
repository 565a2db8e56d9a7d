import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { help } from '../src/command-line.ts';
import { controlCalls } from '../src/control/control.ts';
import { defaultSwitches } from '../src/options.ts';
import { defaultBehaviour } from '../src/tenant/behaviour.ts';

const page = await readFile(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists each flag that --help lists', () => {
    const flags = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = '']) => name);
    expect(flags).toContain('--port');
    expect(flags.filter((flag) => !page.includes(`| \`${flag}`) && !page.includes(`, \`${flag}`))).toEqual([]);
  });

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
