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
    start: async (_, undo) => {
      undo(async () => {
        log.push(`end ${id}`);
        if (failing.includes(`end ${id}`)) throw new Error(`${id} goes on`);
      });
      log.push(`start ${id}`);
      if (failing.includes(`start ${id}`)) throw new Error(`no ${id}`);
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

  it('that cannot start are undone, and others still start', async () => {
    const { control, log, on } = createOne(['start slow']);
    await expect(control.start('slow')).rejects.toThrow('no slow');
    expect(log).toEqual(['start slow', 'end slow']);
    expect(await control.start('down')).toBe(true);
    expect(on()).toEqual(['down']);
  });

  it('that can neither start nor be undone stay on, so that they can be ended later', async () => {
    const failing = ['start slow', 'end slow'];
    const { control, on } = createOne(failing);
    await expect(control.start('slow')).rejects.toThrow('slow goes on');
    expect(on()).toEqual(['slow']);
    failing.length = 0;
    expect([await control.end('slow'), on()]).toEqual([true, []]);
  });

  it('that are unknown are none', async () => {
    const { control } = createOne();
    expect([await control.start('toString'), await control.end('toString')]).toEqual([false, false]);
  });
});

/** What each step of a fault makes, and what the end of the step takes away. */
const ends: Readonly<Record<string, string>> = {
  sendPoison: 'removePoison',
  linkToken: 'forgetToken',
  revokeToken: 'forgetToken',
  subscribe: 'unsubscribe',
  removeQueue: 'unsubscribe',
  notify: 'unsubscribe',
  'setTenantFault on': 'setTenantFault off',
  'calls.start': 'calls.stop',
};

/** A world that says what was called. The step that fails has done its work: its answer was lost. */
const failingWorld = (failing: number) => {
  const called: string[] = [];
  const act = (name: string) => {
    called.push(name);
    if (called.length === failing) throw new Error('lost');
  };
  const later = (name: string) => async () => act(name);
  const named = Object.fromEntries([...Object.keys(ends), ...Object.values(ends)].map((name) => [name, later(name)]));
  const tenant = {
    setTenantFault: async (rule?: object) => act(`setTenantFault ${rule ? 'on' : 'off'}`),
    calls: { start: () => act('calls.start'), stop: later('calls.stop') },
  };
  return { called, world: { ...named, ...tenant } as unknown as FaultWorld };
};

describe('a start that fails half-way', () => {
  const stepsOf = async (id: string): Promise<number> => {
    const { world, called } = failingWorld(0);
    await createFaultControl(faults, world, () => 7).start(id);
    return called.length;
  };

  it.each(faults.map(({ id }) => id))('of %s is undone, whichever step fails', async (id) => {
    for (let failing = 1; failing <= (await stepsOf(id)); failing += 1) {
      const { world, called } = failingWorld(failing);
      const control = createFaultControl(faults, world, () => 7);
      await expect(control.start(id)).rejects.toThrow('lost');
      const undone = called.slice(failing);
      expect(undone).toEqual(expect.arrayContaining(called.slice(0, failing).map((step) => ends[step])));
      expect(control.states().filter(({ sinceMillis }) => sinceMillis !== undefined)).toEqual([]);
    }
    expect.hasAssertions();
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
