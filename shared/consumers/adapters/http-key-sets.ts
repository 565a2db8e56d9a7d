/** Reads the keys of an OpenID provider over HTTPS (OpenID Connect Discovery 1.0 section 4). */
import * as z from 'zod';
import { readUpTo } from '../../streams/read-up-to.ts';
import { mayLeadTo, type OidcIssuer } from '../oidc/issuer.ts';
import type { KeySetSource } from '../oidc/key-sets.ts';

/** Both documents together. A call waits for them when an instance needs keys. */
const timeoutMillis = 3_000;
const mostBytes = 256 * 1024;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string().max(2_000) });
const KeySetDocument = z.object({ keys: z.array(z.unknown()) });

/** A redirect is a failure: it could lead to plain HTTP, or anywhere. */
const readJson = async <Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.infer<Schema>> => {
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the issuer answered ${response.status}`);
  }
  const document = await readUpTo(response.body ?? [], mostBytes);
  if (!document) throw new Error('the document is too large');
  return schema.parse(JSON.parse(document.toString('utf8')));
};

const findKeysUrl = async ({ issuer, jwksUrl }: OidcIssuer, signal: AbortSignal): Promise<string> => {
  if (jwksUrl !== undefined) return jwksUrl;
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await readJson(url, Discovery, signal);
  if (found.issuer !== issuer) throw new Error('the discovery document is of another issuer');
  if (!mayLeadTo(issuer, found.jwks_uri))
    throw new Error('the discovery document leads to keys that are not safe to read');
  return found.jwks_uri;
};

export const createHttpKeySetSource = (): KeySetSource => ({
  async read(issuer) {
    const signal = AbortSignal.timeout(timeoutMillis);
    return (await readJson(await findKeysUrl(issuer, signal), KeySetDocument, signal)).keys;
  },
});
