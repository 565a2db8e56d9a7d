/** The keys and aliases of the twin's KMS, in one file that only its owner may read. */
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from '../state-folder.ts';
import { KmsError } from './kms-error.ts';

const StoredKey = z.object({
  id: z.uuid(),
  materialBase64: z.string(),
  /** Earlier key material from before rotations, which still decrypts. */
  earlierMaterialsBase64: z.array(z.string()).default([]),
  createdSeconds: z.number(),
  description: z.string(),
  rotationEnabled: z.boolean(),
  /** Private key in PEM of a key that signs, on the curve P-256; it encrypts nothing. */
  signingPem: z.string().optional(),
});
const StoredKeys = z.object({ keys: z.array(StoredKey), aliases: z.record(z.string(), z.string()) });

export type KmsKey = z.infer<typeof StoredKey>;
export type KeyStore = ReturnType<typeof openKeyStore>;

const ownerOnly = 0o600;

const createSigningPem = (): string =>
  String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** Opens the keys in `folder`; without a folder they live in memory. */
export const openKeyStore = (folder: string | undefined) => {
  const path = folder === undefined ? undefined : join(folder, 'keys.json');
  const state = read(path);
  const save = () => path !== undefined && replaceFile(path, JSON.stringify(state), ownerOnly);
  const byId = (id: string | undefined) => state.keys.find((key) => key.id === id);
  return {
    create(description: string, signs = false): KmsKey {
      const key: KmsKey = {
        id: randomUUID(),
        materialBase64: randomBytes(32).toString('base64'),
        earlierMaterialsBase64: [],
        createdSeconds: Math.floor(Date.now() / 1000),
        description,
        rotationEnabled: false,
        ...(signs ? { signingPem: createSigningPem() } : {}),
      };
      state.keys.push(key);
      save();
      return key;
    },
    /** Takes a key id, a key ARN, `alias/name` or an alias ARN. @throws KmsError NotFoundException */
    find(reference: string): KmsKey {
      const name = reference.startsWith('arn:') ? reference.split(':').slice(5).join(':') : reference;
      const key = byId(name.startsWith('alias/') ? state.aliases[name] : name.replace(/^key\//, ''));
      if (!key) throw new KmsError('NotFoundException', `Key '${reference}' does not exist`);
      return key;
    },
    addAlias(alias: string, key: KmsKey): void {
      if (Object.hasOwn(state.aliases, alias))
        throw new KmsError('AlreadyExistsException', `An alias with the name ${alias} already exists`);
      state.aliases[alias] = key.id;
      save();
    },
    aliases: (): { alias: string; keyId: string }[] =>
      Object.entries(state.aliases).map(([alias, keyId]) => ({ alias, keyId })),
    /** From now on the key encrypts with new material. */
    rotate(key: KmsKey): void {
      key.earlierMaterialsBase64.push(key.materialBase64);
      key.materialBase64 = randomBytes(32).toString('base64');
      save();
    },
    enableRotation(key: KmsKey): void {
      key.rotationEnabled = true;
      save();
    },
  };
};

const read = (path: string | undefined): z.infer<typeof StoredKeys> =>
  path !== undefined && existsSync(path)
    ? StoredKeys.parse(JSON.parse(readFileSync(path, 'utf8')))
    : { keys: [], aliases: {} };
