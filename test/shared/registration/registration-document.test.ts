import { expect, it } from 'vitest';
import { toListed } from '../../../shared/registration/registration-document.ts';

const addresses = { facade: 'https://facade.example.com', native: 'https://facade.example.com/api/rest/v1.0' };
const record = {
  ...{ sampleId: 'sample:00000000-0000-4000-a000-000000000007', version: 1, self: 'b', external: 'a', seenAtMillis: 5 },
  drift: { sinceMillis: 5, isTold: true },
};

it('an entry of the list says since when the tenant does not show its sample', () => {
  expect(toListed(record, addresses).attributes.absentSince).toBeUndefined();
  const { attributes } = toListed({ ...record, absentSinceMillis: 86_400_000 }, addresses);
  expect(attributes).toMatchObject({ absentSince: '1970-01-02T00:00:00.000Z', checkedAt: '1970-01-01T00:00:00.005Z' });
});
