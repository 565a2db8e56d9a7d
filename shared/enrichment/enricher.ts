/** Reads the document of an entity once for all deliveries that wait for it, and has them sent. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Ingress } from '../notifications/ingress.ts';
import { done, type MessageOutcome } from '../queues/message.ts';
import type { Clock } from '../time/clock.ts';
import { doubling } from '../time/doubling.ts';
import {
  type EnrichmentWork,
  type EntityDocument,
  type EntityDocuments,
  isUsable,
  mostDocumentBytes,
} from './entity-document.ts';

export type EnricherParts = {
  readonly documents: EntityDocuments;
  /** Reads an entity as the service account. @throws AppError. */
  readonly readEntity: (entity: string) => Promise<{ readonly status: number; readonly body: Uint8Array }>;
  readonly ingress: Ingress;
  readonly clock: Clock;
};

/** A message as it was received. */
type Received = { readonly body: EnrichmentWork; readonly sentAtMillis: number; readonly receiveCount: number };

/** After this time the events go without the document. */
const patienceMillis = 600_000;
const firstRetrySeconds = 5;
const longestRetrySeconds = 60;
/** Gone, or not for the service account: asking again would not change it. */
const notShown: readonly number[] = [403, 404, 410];

const Shown = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ digest: z.union([z.string(), z.number()]).optional().catch(undefined) }).optional(),
  }),
});

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
};

type Found = Pick<EntityDocument, 'state' | 'digest' | 'document'>;

/** What the answer shows; a reason where it may be another one later. */
const foundIn = (status: number, body: Uint8Array): Found | string => {
  if (notShown.includes(status)) return { state: 'not-shown' };
  if (status !== 200) return `the tenant answered ${status}`;
  const document = parseJson(body);
  const shown = Shown.safeParse(document);
  if (!shown.success) return 'the tenant answered with no document of an entity';
  const { digest } = shown.data.data.attributes ?? {};
  const version = digest === undefined || digest === '' ? {} : { digest: String(digest) };
  return body.byteLength > mostDocumentBytes
    ? { state: 'too-large', ...version }
    : { state: 'read', ...version, document };
};

const pauseSeconds = doubling(firstRetrySeconds, longestRetrySeconds);
const retryAfter = (receiveCount: number, wantedSeconds = 0): number =>
  Math.min(longestRetrySeconds, Math.max(wantedSeconds, pauseSeconds(receiveCount)));

export const createEnricher = ({ documents, readEntity, ingress, clock }: EnricherParts) => {
  const read = async (entity: string): Promise<Found | { readonly reason: string; readonly afterSeconds?: number }> => {
    try {
      const { status, body } = await readEntity(entity);
      const found = foundIn(status, body);
      return typeof found === 'string' ? { reason: found } : found;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { retryAfterSeconds, isTooLarge } = error.facts;
      if (isTooLarge) return { state: 'too-large' };
      return { reason: error.code, ...(retryAfterSeconds === undefined ? {} : { afterSeconds: retryAfterSeconds }) };
    }
  };

  /** From when it is, other deliveries of the entity may use it. */
  const keep = async ({ entity, sinceMillis }: EnrichmentWork, beganMillis: number, found: Found): Promise<void> => {
    // The clock of this machine may be behind that of the hook's.
    await documents.write({ entity, asOfMillis: Math.max(beganMillis, sinceMillis), ...found });
  };

  const sendWaiting = async ({ entity, subscriptionIds, sinceMillis }: EnrichmentWork): Promise<MessageOutcome> => {
    for (const subscriptionId of subscriptionIds)
      await ingress.add({ kind: 'retry', subscriptionId, entity }, `document-${sinceMillis}-${clock.nowMillis()}`);
    return done;
  };

  return {
    /** Safe to repeat. @throws when a store fails: the message is to be retried. */
    async enrich({ body: work, sentAtMillis, receiveCount }: Received): Promise<MessageOutcome> {
      const known = await documents.read(work.entity);
      const beganMillis = clock.nowMillis();
      if (known && isUsable(known, work.sinceMillis, beganMillis)) return sendWaiting(work);
      const found = await read(work.entity);
      const isLastTry = beganMillis - sentAtMillis >= patienceMillis;
      if ('reason' in found && !isLastTry)
        return { kind: 'retry', afterSeconds: retryAfter(receiveCount, found.afterSeconds), reason: found.reason };
      await keep(work, beganMillis, 'reason' in found ? { state: 'failed' } : found);
      return sendWaiting(work);
    },
  };
};
export type Enricher = ReturnType<typeof createEnricher>;
