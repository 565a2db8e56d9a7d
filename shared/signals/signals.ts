/** The Signals Notebook tenant as an upstream: its table of operations and where its credential goes. */
import { createCatalogue } from '../catalogue/catalogue.ts';
import { type Operation, parseOperations } from '../catalogue/operation.ts';
import { signalsBasePath } from '../config/names.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { signalsOperations } from './operations.ts';

/** The rows of the catalogue, for whoever needs no tenant. */
export const readSignalsOperations = (): readonly Operation[] => parseOperations(signalsOperations);

/**
 * @param origin of the tenant, such as `https://snb.example.com`.
 * @param addedHeaders request headers that the stage lets travel besides the common list.
 * @param mostDecodedBytes documents that decode to more have no links rewritten.
 */
export const createSignalsUpstream = (
  origin: string,
  addedHeaders: readonly string[] = [],
  mostDecodedBytes?: number,
): Upstream => ({
  name: 'signals',
  origin,
  basePath: signalsBasePath,
  catalogue: createCatalogue(readSignalsOperations()),
  authenticate: (secret, kind) => (kind === 'service' ? ['x-api-key', secret] : ['authorization', `Bearer ${secret}`]),
  // A consumer's key for the facade comes where the tenant's own would, so that clients need no change.
  credentialHeaders: ['x-api-key', 'authorization', 'cookie'],
  addedHeaders,
  hasLinks: true,
  ...(mostDecodedBytes === undefined ? {} : { mostDecodedBytes }),
});
