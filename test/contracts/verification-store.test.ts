/** VerificationStore: the promises of the port, by each adapter. */
import { describe, expect, it } from 'vitest';
import { createDynamoVerificationStore } from '../../shared/archive/adapters/dynamodb-verification.ts';
import { createMemoryVerificationStore } from '../../shared/archive/adapters/memory-verification.ts';
import {
  faultIdOf,
  type OpenFault,
  type VerificationState,
} from '../../shared/archive/verification/verification-record.ts';
import { freshTable } from '../support/tables.ts';

const state = (version: number): VerificationState => ({
  version,
  round: {
    ...{ startedAtMillis: 1, pass: 'inventory', passStartedAtMillis: 2, afterKey: 'documents/a', sealed: 9 },
    ...{ place: { number: 9, hashes: [null, 'a'] }, newestHead: 9, marks: Uint8Array.from([1, 0, 255]) },
    ...{ recheck: [3], target: 10, documents: 2, cycleDocuments: 1 },
  },
  cycle: { afterNumber: 4, startedAtMillis: 1 },
  ...{ wholeSinceMillis: 1, last: { startedAtMillis: 1, endedAtMillis: 2, documents: 3 } },
});
const fault: OpenFault = {
  ...{ code: 'document-changed', subject: 'documents/a.pdf', detail: 'sha256 differs', pass: 'objects' },
  ...{ entity: 'experiment:a', number: 3, firstFoundAtMillis: 1, lastFoundAtMillis: 2 },
};

describe.each([
  ['memory', async () => createMemoryVerificationStore()],
  [
    'DynamoDB',
    async () => {
      const { dynamo, tableName } = await freshTable();
      return createDynamoVerificationStore(dynamo, tableName);
    },
  ],
] as const)('VerificationStore contract: %s', (_name, create) => {
  it('gives back the state that was written last, and refuses one that follows another', async () => {
    const store = await create();
    expect(await store.read()).toEqual({ version: 0 });
    expect([await store.write(state(1)), await store.write(state(1)), await store.write(state(3))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await store.read()).toEqual(state(1));
    expect(await store.write({ version: 2 })).toBe(true);
    expect(await store.read()).toEqual({ version: 2 });
  });

  it('keeps one fault for each pass, code and subject until it is removed', async () => {
    const store = await create();
    const again = { ...fault, detail: 'sizeBytes differs', lastFoundAtMillis: 3 };
    const other = { ...fault, pass: 'inventory' } as const;
    for (const one of [fault, again, other]) await store.putFault(one);
    const found = await store.listFaults();
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([again, other]));
    await store.removeFault(faultIdOf(other));
    await store.removeFault(faultIdOf(other));
    expect(await store.listFaults()).toEqual([again]);
  });
});
