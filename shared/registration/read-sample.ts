/** The digests of a sample, in the tenant's documents. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { isAbsent, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import type { Clock } from '../time/clock.ts';
import type { Look } from './look.ts';
import { type Digests, digestForm, mostDigestCharacters } from './registration.ts';

/** Content of a property without a value is an empty object, or is missing (client-shapes, 5). */
const Property = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({ content: z.looseObject({ value: z.unknown().optional() }).nullish() }).nullish(),
});
const Properties = z.looseObject({ data: z.array(Property) });

const Entity = z.looseObject({ data: z.looseObject({ attributes: z.looseObject({ digest: z.string().nullish() }) }) });

export const pathOfProperties = (sampleId: string): string => `/samples/${encodeURIComponent(sampleId)}/properties`;

const unknownSample = (): AppError =>
  new AppError('SAMPLE_UNKNOWN', { detail: 'The tenant shows you no sample of this id.' });

const isDigest = (text: string | undefined): text is string =>
  text !== undefined && new RegExp(`^${digestForm}$`).test(text);

/** Anybody may register any text in the tenant. One that is too long to be a digest is cut, and longer than any digest still. */
const cut = (text: string): string => {
  const wellFormed = text.toWellFormed();
  return wellFormed.length > mostDigestCharacters
    ? `${wellFormed.slice(0, mostDigestCharacters).toWellFormed()}…`
    : wellFormed;
};

/** @throws AppError UPSTREAM_UNREADABLE for a document without the digest of the sample. */
export const toDigests = (document: unknown): Digests => {
  const { data } = Properties.safeParse(document).data ?? {};
  const contentOf = (id: string): string | undefined => {
    const value = data?.find((property) => property.id === id)?.attributes?.content?.value;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const self = contentOf('digests.self');
  if (!isDigest(self))
    throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The tenant answered without the digest of the sample.' });
  const external = contentOf('digests.external');
  return { self, external: external === undefined ? undefined : cut(external) };
};

/** What the tenant shows the caller now. @throws AppError SAMPLE_UNKNOWN, and as `readAnswer` does. */
export const lookAs = async (tenant: Tenant, sampleId: string, { nowMillis }: Clock): Promise<Look> => {
  const askedAtMillis = nowMillis();
  const answer = await tenant.ask({ method: 'GET', path: pathOfProperties(sampleId), isFresh: true });
  if (isAbsent(answer)) throw unknownSample();
  const digests = toDigests(readAnswer(answer, z.unknown()));
  return { sampleId, ...digests, askedAtMillis, answeredAtMillis: nowMillis() };
};

/** The version of the sample that a write compares; undefined = it has none. @throws as `lookAs` does. */
export const versionAs = async (tenant: Tenant, sampleId: string): Promise<string | undefined> => {
  const path = `/entities/${encodeURIComponent(sampleId)}`;
  const answer = await tenant.ask({ method: 'GET', path, isFresh: true });
  if (isAbsent(answer)) throw unknownSample();
  return readAnswer(answer, Entity).data.attributes.digest ?? undefined;
};
