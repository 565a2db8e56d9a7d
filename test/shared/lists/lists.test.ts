/** What a list may weigh, and what of a removed definition reaches one of the same name. */
import { describe, expect, it } from 'vitest';
import { itemsKey } from '../../../shared/lists/lists.ts';
import { createListParts } from '../../support/facade/lists.ts';

const clock = { now: Date.parse('2026-06-01T08:00:00Z'), nowMillis: () => clock.now };
const create = () => createListParts(clock);

const nothing = () => {};

/** The messages of an error and of its causes, as the log has them. */
const textsOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${textsOf(error.cause)}` : String(error);

/** A small CSV file whose names make a long text: a cell of one character is 200 characters as JSON. */
const wide = () => {
  const names = Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(190, 'x'));
  const item = Object.fromEntries(names.map((name) => [name, '1']));
  return {
    settings: { key: 'code', fields: ['code', ...names].map((name) => ({ name, type: 'text' as const })) },
    items: Array.from({ length: 9_000 }, (_, index) => ({ code: `${index}`, ...item })),
  };
};

describe('a list whose text has more than 16 MiB', () => {
  it('is refused when it is put, and the items before stay', async () => {
    const { addList, lists, clock } = create();
    const { settings, items } = wide();
    const list = await addList(settings);
    await lists.put(list, items.slice(0, 2), clock.nowMillis());
    await expect(lists.put(list, items, clock.nowMillis())).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await lists.read(list)).toHaveLength(2);
  });

  it('is not served from a CSV file', async () => {
    const { addList, lists, csvFiles } = create();
    const { settings, items } = wide();
    const list = await addList({ ...settings, origin: { kind: 'csv', object: 'wide.csv' } });
    const names = settings.fields.map(({ name }) => name).join(',');
    csvFiles.put('wide.csv', `${names}\n${items.map((item) => Object.values(item).join(',')).join('\n')}\n`);
    await expect(lists.serve(list, nothing)).rejects.toMatchObject({ code: 'RECORDS_UNREADABLE' });
  });
});

describe('a definition that is made anew under the name of a removed one', () => {
  it('is not changed by who has read the one before', async () => {
    const { addList, admin } = create();
    const before = await addList();
    await admin.remove('list', 'projects', before.version);
    clock.now += 1;
    await addList();
    const edit = admin.change('list', 'projects', before.version, { freshSeconds: 1 }, {});
    await expect(edit).rejects.toMatchObject({ code: 'LIST_CHANGED' });
  });

  it('is not overwritten by a change of the one before that is under way', async () => {
    const { addList, admin, definitions } = create();
    const before = await addList();
    await admin.remove('list', 'projects', before.version);
    clock.now += 1;
    await addList({ freshSeconds: 7 });
    const late = { ...before, version: before.version + 1, freshSeconds: 1 };
    expect(await definitions.write(late, before.version)).toBe(false);
    expect(await admin.read('list', 'projects')).toMatchObject({ freshSeconds: 7 });
  });
});

describe('the removal of a list', () => {
  const hourMillis = 3_600_000;
  const items = [{ code: 'A1', project: 'Alpha' }];

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'that dies before its call %i of a store leaves no items, or none for good',
    async (most) => {
      const parts = create();
      const list = await parts.addList();
      await parts.lists.put(list, items, clock.nowMillis());
      parts.killAfter(most);
      const died = await parts.admin.remove('list', 'projects', undefined).catch(() => 'died');
      parts.revive();
      // A list that is there still has its items.
      const isThere = (await parts.definitions.read('list', 'projects')) !== undefined;
      if (isThere) expect(await parts.lists.read(list)).toEqual(items);
      clock.now += hourMillis;
      if (isThere) await parts.admin.remove('list', 'projects', undefined);
      else await parts.addList();
      expect([died === 'died', await parts.copies.read(itemsKey(list))]).toEqual([most < 5, undefined]);
    },
  );

  it('that others were faster than keeps the items', async () => {
    const { addList, addSource, admin, lists, definitions } = create();
    const list = await addList();
    await lists.put(list, items, clock.nowMillis());
    // Noted by a removal that another change of the list has refused.
    const { name, createdAtMillis } = list;
    await definitions.noteRemoval({ name, createdAtMillis, notedAtMillis: clock.nowMillis() });
    clock.now += hourMillis;
    await addSource();
    await admin.remove('source', 'reagents', undefined);
    expect(await lists.read(list)).toEqual(items);
  });

  it('takes along what was put while it was under way', async () => {
    const { addList, admin, lists, copies, definitions } = create();
    const list = await addList();
    await admin.remove('list', 'projects', undefined);
    await lists.put(list, items, clock.nowMillis());
    clock.now += hourMillis;
    await addList();
    expect([await copies.read(itemsKey(list)), await definitions.removals()]).toEqual([undefined, []]);
  });
});

describe('an answer of a system of record that is no JSON', () => {
  it('is told without a part of it, also to the log', async () => {
    const { answer, addSource, sources, troubles } = create();
    const source = await addSource();
    answer(async () => ({ status: 200, text: 'ann.lee-hiv' }));
    const failure = await sources.serve(source, { id: 'R-1' }, nothing).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'RECORDS_UNREADABLE' });
    expect(textsOf(failure)).not.toContain('ann.lee');
    expect(troubles).toEqual([]);
  });
});

describe('a write', () => {
  it('of a record with an empty key is refused: its address would be that of all records', async () => {
    const { addSource, sources, calls } = create();
    const source = await addSource();
    const wish = { kind: 'update', body: { code: '' }, people: {} } as const;
    await expect(sources.write(source, wish, (_key, run) => run())).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(calls).toEqual([]);
  });
});
