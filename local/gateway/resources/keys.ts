/** KMS keys of the template. Which key stands for which logical id is kept in the state folder: kept data needs it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AlreadyExistsException,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
  NotFoundException,
} from '@aws-sdk/client-kms';
import * as z from 'zod';
import { accountId } from '../template/references.ts';
import type { Stack } from '../template/stack.ts';
import { clientSettings } from './client-settings.ts';

const Known = z.record(z.string(), z.string());
type Known = z.output<typeof Known>;
const Key = z.object({
  KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).default('ENCRYPT_DECRYPT'),
});
type Key = z.output<typeof Key>;
const Alias = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

const fileOf = (stateDir: string): string => join(stateDir, 'key-ids.json');

const readKnown = async (stateDir: string | undefined): Promise<Known> => {
  if (!stateDir) return {};
  const text = await readFile(fileOf(stateDir), 'utf8').catch(() => '{}');
  return Known.parse(JSON.parse(text));
};

const writeKnown = async (stateDir: string | undefined, known: Known): Promise<void> => {
  if (!stateDir) return;
  await mkdir(stateDir, { recursive: true });
  await writeFile(fileOf(stateDir), `${JSON.stringify(known, null, 2)}\n`);
};

const isThere = async (client: KMSClient, keyId: string): Promise<boolean> => {
  try {
    await client.send(new DescribeKeyCommand({ KeyId: keyId }));
    return true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  }
};

const findOrCreate = async (client: KMSClient, knownId: string | undefined, key: Key): Promise<string> => {
  if (knownId && (await isThere(client, knownId))) return knownId;
  return (await client.send(new CreateKeyCommand(key))).KeyMetadata?.KeyId ?? '';
};

const createAlias = async (client: KMSClient, stack: Stack, logicalId: string): Promise<void> => {
  const { AliasName, TargetKeyId } = stack.read(logicalId, Alias);
  // An alias may be given by the key's ARN; the key id is its last part.
  const keyId = TargetKeyId.slice(TargetKeyId.lastIndexOf('/') + 1);
  await client.send(new CreateAliasCommand({ AliasName, TargetKeyId: keyId })).catch((error: unknown) => {
    if (!(error instanceof AlreadyExistsException)) throw error;
  });
};

/** Creates the keys that are not there yet, and fills in their ids and ARNs. */
export const createKeys = async (stack: Stack, endpoint: string, stateDir: string | undefined): Promise<void> => {
  const keys = stack.ofType('AWS::KMS::Key');
  if (keys.length === 0) return;
  const client = new KMSClient(clientSettings(endpoint, stack.region));
  const known = await readKnown(stateDir);
  try {
    for (const logicalId of keys) {
      const keyId = await findOrCreate(client, known[logicalId], stack.read(logicalId, Key));
      known[logicalId] = keyId;
      const reference = stack.reference(logicalId);
      reference.ref = keyId;
      reference.attributes.KeyId = keyId;
      reference.attributes.Arn = `arn:aws:kms:${stack.region}:${accountId}:key/${keyId}`;
    }
    await writeKnown(stateDir, known);
    for (const logicalId of stack.ofType('AWS::KMS::Alias')) await createAlias(client, stack, logicalId);
  } finally {
    client.destroy();
  }
};
