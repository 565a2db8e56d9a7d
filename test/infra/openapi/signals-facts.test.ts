/** The tables of facts name operations as text: a name that the catalogue does not have would be dead. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { signalsExamples } from '../../../infra/openapi/signals/examples.ts';
import { signalsGroups } from '../../../infra/openapi/signals/groups.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';

const folder = new URL('../../../infra/openapi/signals/', import.meta.url);
const known = new Set(signalsApi.operations.map(({ method, path }) => `${method} ${path}`));

describe('the facts about Signals operations', () => {
  it('name operations that the catalogue has', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
    const named = texts.flatMap((text) => [...text.matchAll(/'((?:GET|POST|PUT|PATCH|DELETE|HEAD) \/[^'\s]*)'/g)]);
    expect(named.length).toBeGreaterThan(80);
    expect(named.map(([, name = '']) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('have an example for operations with a JSON body only', () => {
    const without = Object.keys(signalsExamples).filter((name) => {
      const row = signalsApi.operations.find(({ method, path }) => `${method} ${path}` === name);
      return !row || signalsApi.body(row)?.example === undefined;
    });
    expect(without).toEqual([]);
  });

  it('describe the groups of the catalogue and no others', () => {
    const groups = new Set(signalsApi.operations.map(({ group }) => group));
    expect(Object.keys(signalsGroups).toSorted()).toEqual([...groups].toSorted());
  });

  it('describe a parameter that is shared by operations which have it', () => {
    const used = new Set(signalsApi.operations.flatMap(({ query }) => query));
    expect(Object.keys(signalsApi.sharedQuery).filter((name) => !used.has(name))).toEqual([]);
  });
});
