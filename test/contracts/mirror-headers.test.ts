/** The store of mirrors' headers against the contract of its port. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoMirrorHeaders } from '../../shared/mirrors/adapters/header-stores.ts';
import { freshTable } from '../support/tables.ts';

const sealed = (first: number) => ({
  wrappedKey: Uint8Array.of(first, 0, 255),
  nonce: Uint8Array.of(first, 1),
  ciphertext: Uint8Array.of(first, 2, 3),
});

const create = async () => {
  const { dynamo, tableName } = await freshTable();
  return { dynamo, tableName, headers: createDynamoMirrorHeaders(dynamo, tableName) };
};

describe('MirrorHeaderStore contract: DynamoDB', () => {
  it('has no value until one is written, and then the last one, byte for byte', async () => {
    const { headers } = await create();
    expect(await headers.read('lab', 'a.example.com')).toBeUndefined();
    await headers.write('lab', 'a.example.com', sealed(1));
    await headers.write('lab', 'a.example.com', sealed(2));
    expect(await headers.read('lab', 'a.example.com')).toEqual(sealed(2));
  });

  it('keeps values apart by mirror and by host: a new address does not get the secret of the old one', async () => {
    const { headers } = await create();
    await headers.write('lab', 'a.example.com', sealed(1));
    expect(await headers.read('lab', 'b.example.com')).toBeUndefined();
    expect(await headers.read('other', 'a.example.com')).toBeUndefined();
    await headers.write('other', 'a.example.com', sealed(3));
    expect(await headers.read('lab', 'a.example.com')).toEqual(sealed(1));
  });

  it('writes where the rights of the function that reads begin: MIRROR#, and without an end', async () => {
    const { dynamo, tableName, headers } = await create();
    await headers.write('lab', 'a.example.com', sealed(1));
    const Key = { pk: 'MIRROR#lab', sk: 'HEADER#a.example.com' };
    const { Item } = await dynamo.send(new GetCommand({ TableName: tableName, Key }));
    expect(Item).toEqual({ ...Key, ...sealed(1) });
  });

  it('names a table that fails', async () => {
    const { dynamo } = await create();
    const headers = createDynamoMirrorHeaders(dynamo, 'no-such-table');
    const unavailable = { code: 'NOTIFICATIONS_UNAVAILABLE' };
    await expect(headers.read('lab', 'a.example.com')).rejects.toMatchObject(unavailable);
    await expect(headers.write('lab', 'a.example.com', sealed(1))).rejects.toMatchObject(unavailable);
  });
});
