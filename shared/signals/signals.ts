/** The Signals Notebook tenant as an upstream: everything that the facade knows of it is in this record. */
import * as z from 'zod';
import { type Catalogue, createCatalogue } from '../catalogue/catalogue.ts';
import type { Operation } from '../catalogue/operation.ts';
import { readOperations } from '../catalogue/operation-lines.ts';
import { jsonApiMediaType, upstreamNames } from '../config/names.ts';
import type { Account, Upstream } from '../exchange/upstream.ts';
import { signalsCacheRules } from './cache/rules.ts';
import { signalsBasePath } from './names.ts';
import { operationTable } from './operation-table.ts';

let operations: readonly Operation[] | undefined;
let catalogue: Catalogue | undefined;

/** The rows of the catalogue, for whoever needs no tenant. They are made once. */
export const readSignalsOperations = (): readonly Operation[] => {
  operations ??= readOperations(operationTable);
  return operations;
};

/** The catalogue of every tenant. It is made once. */
const readSignalsCatalogue = (): Catalogue => {
  catalogue ??= createCatalogue(readSignalsOperations());
  return catalogue;
};

const Profile = z.object({
  data: z.object({
    id: z.coerce.string().min(1).max(100),
    attributes: z
      .object({ email: z.string().max(320).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});

const readProfile = (document: unknown): Account | undefined => {
  const { data: profile } = Profile.safeParse(document);
  return profile && { id: profile.data.id, email: profile.data.attributes?.email };
};

/** A JSON:API document of one resource names it; a list names nothing. */
const createdId = (document: unknown): string | undefined => {
  const data = (document as { data?: unknown } | null)?.data;
  const id = (data as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/** "No export worker is free" is a 429 of its own, told apart by path: it says nothing about the tenant's budget. */
const spendsQuota: Upstream['spendsQuota'] = ({ method, path }) =>
  !(method === 'POST' && path === '/entities/export/bulk');

/**
 * @param origin of the tenant, such as `https://snb.example.com`.
 * @param addedHeaders request headers that the stage lets travel besides the common list.
 * @param mostDecodedBytes documents that decode to more have no links rewritten.
 */
export const createSignalsUpstream = (
  origin: string,
  addedHeaders: readonly string[] = [],
  mostDecodedBytes?: number,
) =>
  ({
    name: upstreamNames[0],
    origin,
    basePath: signalsBasePath,
    catalogue: readSignalsCatalogue(),
    authenticate: (secret, kind) =>
      kind === 'service' ? ['x-api-key', secret] : ['authorization', `Bearer ${secret}`],
    // A consumer's key for the facade comes where the tenant's own would, so that clients need no change.
    credentialHeaders: ['x-api-key', 'authorization', 'cookie'],
    addedHeaders,
    hasLinks: true,
    ...(mostDecodedBytes === undefined ? {} : { mostDecodedBytes }),
    mediaType: jsonApiMediaType,
    condition: { parameter: 'digest', yieldsTo: ['force'] },
    refusesCredential: ({ status }) => status === 401,
    spendsQuota,
    whoAmI: { path: '/profiles/me', read: readProfile },
    createdId,
    cache: signalsCacheRules,
  }) satisfies Upstream;
