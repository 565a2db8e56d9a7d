/** Faults are started and ended in turn, and what the page says of them is in the documents. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFaultControl } from '../../../local/ops/fault-control.ts';
import type { FaultWorld } from '../../../local/ops/fault-world.ts';
import { type Fault, faults } from '../../../local/ops/faults.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const world = {} as FaultWorld;
const common = { does: '', alarms: [], when: '', section: '' };

const createOne = (failing: readonly string[] = []) => {
  const log: string[] = [];
  const fault = (id: string, isOfTenant: boolean): Fault => ({
    ...{ ...common, id, title: id, isOfTenant },
    start: async () => {
      log.push(`start ${id}`);
      if (failing.includes(`start ${id}`)) throw new Error(`no ${id}`);
      return async () => {
        log.push(`end ${id}`);
        if (failing.includes(`end ${id}`)) throw new Error(`${id} goes on`);
      };
    },
  });
  const known = [fault('slow', true), fault('down', true), fault('poison', false)];
  const control = createFaultControl(known, world, () => 7);
  const on = () => control.states().flatMap(({ id, sinceMillis }) => (sinceMillis === 7 ? [id] : []));
  return { control, log, on };
};

describe('faults', () => {
  it('of the tenant replace each other, and others stay', async () => {
    const { control, log, on } = createOne();
    for (const id of ['slow', 'poison', 'down']) expect(await control.start(id)).toBe(true);
    expect(on()).toEqual(['down', 'poison']);
    expect(log).toEqual(['start slow', 'start poison', 'end slow', 'start down']);
  });

  it('start once, and end once', async () => {
    const { control, log } = createOne();
    await Promise.all([control.start('slow'), control.start('slow'), control.end('slow'), control.end('slow')]);
    expect(log).toEqual(['start slow', 'end slow']);
  });

  it('are all ended, also if one cannot be, which can be ended again', async () => {
    const failing = ['end slow'];
    const { control, log, on } = createOne(failing);
    await control.start('slow');
    await control.start('poison');
    await expect(control.endAll()).rejects.toThrow('slow goes on');
    expect([on(), log]).toEqual([['slow'], ['start slow', 'start poison', 'end slow', 'end poison']]);
    failing.length = 0;
    expect([await control.end('slow'), on()]).toEqual([true, []]);
  });

  it('that cannot start are not on, and others still start', async () => {
    const { control, on } = createOne(['start slow']);
    await expect(control.start('slow')).rejects.toThrow('no slow');
    expect(await control.start('down')).toBe(true);
    expect(on()).toEqual(['down']);
  });

  it('that are unknown are none', async () => {
    const { control } = createOne();
    expect([await control.start('toString'), await control.end('toString')]).toEqual([false, false]);
  });
});

const read = (name: string): string => readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8');

describe('each fault of the page', () => {
  it('has a row in docs/ops.md with the alarms that it rings', () => {
    const rows = [...read('ops').matchAll(/^\| `([a-z0-9-]+)` \| ([^|]*) \|$/gm)].map(([, id, cell = '']) => ({
      id,
      alarms: [...cell.matchAll(/`(\w+)`/g)].map(([, alarm]) => alarm),
    }));
    expect(rows).toEqual(faults.map(({ id, alarms }) => ({ id, alarms })));
  });

  it('names a section of the runbook that says what its alarms mean', () => {
    const runbook = read('runbook');
    const slugs = [...runbook.matchAll(/^## (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const { section, alarms } of nonEmpty(faults)) {
      expect(slugs).toContain(section);
      for (const alarm of alarms) expect(runbook).toContain(`\`${alarm}\``);
    }
  });
});
