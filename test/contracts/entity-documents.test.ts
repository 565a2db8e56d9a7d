/** Every store of documents of entities against the contract of its port. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../packages/signals-simulator/src/random.ts';
import { createDynamoEntityDocuments } from '../../shared/enrichment/adapters/dynamodb.ts';
import { createMemoryEntityDocuments } from '../../shared/enrichment/adapters/memory.ts';
import {
  type EntityDocument,
  type EntityDocuments,
  mostDocumentBytes,
} from '../../shared/enrichment/entity-document.ts';
import { freshTable } from '../support/tables.ts';

const onDynamo = async (): Promise<EntityDocuments> => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoEntityDocuments(dynamo, tableName);
};

const documentOf = (facts: Partial<EntityDocument> = {}): EntityDocument => ({
  ...{ entity: 'experiment:1', asOfMillis: 2, state: 'read', digest: '7', document: { data: { id: 'ü\u0000' } } },
  ...facts,
});

describe.each([
  ['memory', async () => createMemoryEntityDocuments()],
  ['DynamoDB on dynalite', onDynamo],
])('documents of entities: %s', (_name, create) => {
  it('gives what was written, of each entity its own', async () => {
    const store = await create();
    const written = [
      documentOf(),
      documentOf({ entity: 'x'.repeat(900) }),
      { entity: 'experiment:2', asOfMillis: 3, state: 'not-shown' as const },
    ];
    for (const one of written) await store.write(one);
    expect(await Promise.all(written.map(({ entity }) => store.read(entity)))).toEqual(written);
    expect(await store.read('experiment:3')).toBeUndefined();
  });

  it('keeps the newer one, whoever writes last', async () => {
    const store = await create();
    await store.write(documentOf({ asOfMillis: 5 }));
    await store.write(documentOf({ asOfMillis: 4, digest: '6' }));
    expect(await store.read('experiment:1')).toMatchObject({ asOfMillis: 5, digest: '7' });
    const { document: _, digest: __, ...facts } = documentOf({ asOfMillis: 6, state: 'failed' });
    await store.write(facts);
    expect(await store.read('experiment:1')).toEqual(facts);
  });

  it('holds the largest document, of characters that do not compress', async () => {
    const store = await create();
    const random = createRandom(7).next;
    const text = Array.from({ length: mostDocumentBytes - 12 }, () => String.fromCharCode(35 + random() * 57)).join('');
    await store.write(documentOf({ document: { data: text } }));
    expect(await store.read('experiment:1')).toEqual(documentOf({ document: { data: text } }));
  });
});
