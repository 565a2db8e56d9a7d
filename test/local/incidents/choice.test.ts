/** The command line of `npm run incidents`. */
import { describe, expect, it } from 'vitest';
import { chooseIncidents } from '../../../local/incidents/choice.ts';
import { incidents } from '../../../local/incidents/incidents.ts';
import { runScript } from '../../support/command.ts';

const namesOf = (...args: readonly string[]) => chooseIncidents(args)?.map(({ name }) => name);

describe('npm run incidents', () => {
  it('makes the incidents that are named, each once, or all', () => {
    expect(namesOf('own-cap')).toEqual(['own-cap']);
    expect(namesOf('tenant-budget', 'own-cap', 'own-cap')).toEqual(['tenant-budget', 'own-cap']);
    expect(namesOf('--all')).toEqual(incidents.map(({ name }) => name));
  });

  it.each([[[]], [['--help']], [['own-cap', '--help']]])('shows its usage for %j', (args) => {
    expect(chooseIncidents(args)).toBeUndefined();
  });

  it.each([
    [['own-capp'], 'There is no incident "own-capp".'],
    [['own-cap', 'moon'], 'There is no incident "moon".'],
    [['--al'], "Unknown option '--al'"],
  ])('refuses %j', (args, message) => {
    expect(() => chooseIncidents(args)).toThrow(message);
  });

  it('ends with status 2 for a wrong name, and names all incidents', async () => {
    const { code, stdout, stderr } = await runScript('local/incidents/main.ts', ['own-capp']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^There is no incident "own-capp"\.\n/);
    for (const { name } of incidents) expect(stderr).toContain(`\n  ${name} `);
  });
});
