import { describe, expect, it } from 'vitest';
import { readyFields } from '../../../shared/inventory/item-types.ts';
import { answeringTenant } from '../../support/answering-tenant.ts';

const typesWith = (type: string) => {
  const field = { id: 'f1', definition: { title: 'Notes', type, multiSelect: true } };
  return { data: [{ id: 't1', attributes: { name: 'Vial', fields: [field] } }], links: {} };
};
const ready = (type: string, value: string | readonly string[] | number) =>
  readyFields(
    answeringTenant(() => typesWith(type)),
    'container',
    { typeId: 't1', fields: { Notes: value } },
  );

describe('a field that takes several values', () => {
  it.each([
    ['text', ['one', 'two']],
    ['unit', ['3 g', '4 g']],
    ['datetime', ['2026-06-01T08:00:00Z', '2026-06-02T08:00:00Z']],
    ['text', 'one'],
  ] as const)('of the type %s takes %j', async (type, value) => {
    expect(await ready(type, value)).toEqual([{ id: 'f1', content: { value } }]);
  });

  it.each([
    ['datetime', ['2026-06-01T08:00:00Z', 'yesterday']],
    ['text', 3],
  ] as const)('of the type %s refuses %j', async (type, value) => {
    await expect(ready(type, value)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('a list of types', () => {
  it('that is too long to be read does not say that a type is not there', async () => {
    const page = { data: [{ id: 'other', attributes: { name: 'Box' } }], links: { next: 'more' } };
    const fields = readyFields(
      answeringTenant(() => page),
      'container',
      { typeId: 't1' },
    );
    await expect(fields).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
  });

  it('that ends says so', async () => {
    const fields = readyFields(
      answeringTenant(() => typesWith('text')),
      'container',
      { typeId: 't9' },
    );
    await expect(fields).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
