import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FacadeEvent, facadeEventTypes } from '../../shared/facade-events/facade-event.ts';
import { factsOfEachType } from '../shared/facade-events/builders.ts';
import { nonEmpty } from '../support/non-empty.ts';

const read = (): Promise<string> => readFile(new URL('../../docs/events.md', import.meta.url), 'utf8');

describe('docs/events.md', () => {
  it('lists each type of event with the members of its data, and no other', async () => {
    const rows = [...(await read()).matchAll(/^\| `([a-z.-]+)` \|.*\| ([^|]+) \|$/gm)];
    expect(rows.map(([, type]) => type).toSorted()).toEqual(facadeEventTypes.toSorted());
    for (const { type, data } of nonEmpty(factsOfEachType)) {
      const row = rows.find(([, named]) => named === type);
      const members = [...(row?.[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(members.toSorted(), type).toEqual(Object.keys(data).toSorted());
    }
  });

  it('shows an event that readers understand', async () => {
    const [, example = ''] = /```json\n([\s\S]+?)```/.exec(await read()) ?? [];
    expect(FacadeEvent.parse(JSON.parse(example))).toEqual(JSON.parse(example));
  });
});
