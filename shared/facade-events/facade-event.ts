/** What happens in the facade that operators and subscribers act on: each type of event, and its envelope (CloudEvents 1.0). */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { toAsciiJson } from '../json/ascii-json.ts';

const Id = z.string().min(1);
const upstream = { upstream: Id };
const token = { ...upstream, consumerId: Id, tokenId: Id, diesAt: z.iso.datetime() };
const exported = { consumerId: Id, exportId: Id, kind: Id, entity: Id.optional(), library: Id.optional() };

/** The data of each type. Ids and numbers only: no secret, no name or address of a person. */
const dataByType = {
  /** The tenant answered 401 to one of the facade's own API keys. */
  'credential.refused': z.object({ ...upstream, credentialId: Id }),
  /** A key is not used until an administrator activates it. */
  'credential.disabled': z.object({ ...upstream, credentialId: Id, by: z.enum(['facade', 'administrator']) }),
  /** The tenant refuses a linked token, or no touch succeeded until after its death. */
  'token.expired': z.object(token),
  /** A linked token is near its death, and a touch has failed. */
  'token.expiring': z.object(token),
  /** The tenant refused every token that a run tried. */
  'tokens.distrusted': z.object({ living: z.number(), doubted: z.number(), dead: z.number() }),
  /** An answer of the tenant repeated the credential that it was sent. It was masked or cut. */
  'secret.shown': z.object({
    ...upstream,
    operation: Id,
    consumerId: Id,
    credentialId: Id,
    where: z.enum(['header', 'body']),
    how: z.enum(['masked', 'cut']),
  }),
  /** The file of an export is there. */
  'export.completed': z.object(exported),
  /** An export has ended without a file. */
  'export.failed': z.object({ ...exported, failure: Id }),
  /** The content of a registered sample is no longer the one that was registered. */
  'sample.registration-drifted': z.object({
    consumerId: Id.optional(),
    sampleId: Id,
    externalId: Id.optional(),
    registeredDigest: Id,
    digest: Id,
  }),
  /** The calls of one minute are near the limit. */
  'quota.near-limit': z.object({ used: z.number(), limit: z.number() }),
} as const;

export type FacadeEventType = keyof typeof dataByType;
export const facadeEventTypes = Object.keys(dataByType) as readonly FacadeEventType[];

/** Which of all consumers that ever had the id an event concerns. It is passed on beside the event, and no reader of the event sees it. */
type Concerned = { readonly incarnation?: string | undefined };
/** Tells repeated events of one type and subject apart, whose copies have the same id. */
type Repeated = { readonly occurrence?: string | undefined };

/** What the code raises; the envelope adds the rest. */
export type FacadeEventFacts = {
  readonly [Type in FacadeEventType]: Concerned &
    Repeated & {
      readonly type: Type;
      /** The subject, such as `credentials/cred-1`. */
      readonly subject: string;
      readonly data: z.infer<(typeof dataByType)[Type]>;
    };
}[FacadeEventType];

const envelope = {
  specversion: z.literal('1.0'),
  /** The same for each copy of one event, so that readers can drop copies. */
  id: Id,
  /** `/signals-facade/<stage>`. */
  source: Id,
  subject: Id,
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Extension: the request that it happened in, where there was one. */
  requestid: Id.optional(),
  /** Extension: the X-Ray trace header of the invocation. */
  traceid: Id.optional(),
};

const eventOf = <Type extends FacadeEventType>(type: Type) =>
  z.object({ ...envelope, type: z.literal(type), data: dataByType[type] });

/** The body of a message of the operations queue, for those who read it. Members that are added later are left out. */
export const FacadeEvent = z.discriminatedUnion('type', [
  eventOf('credential.refused'),
  eventOf('credential.disabled'),
  eventOf('token.expired'),
  eventOf('token.expiring'),
  eventOf('tokens.distrusted'),
  eventOf('secret.shown'),
  eventOf('export.completed'),
  eventOf('export.failed'),
  eventOf('sample.registration-drifted'),
  eventOf('quota.near-limit'),
]);
export type FacadeEvent = z.infer<typeof FacadeEvent>;
/** An event on its way to those who read it. */
export type RaisedEvent = FacadeEvent & Concerned;

/** The event as its readers see it. */
export const toShown = ({ incarnation: _, ...event }: RaisedEvent): FacadeEvent => event as FacadeEvent;

/**
 * Within this time, all instances give events of the same type and subject the same id, and each instance sends it
 * once. Events of types that are not listed are each unique. A token dies once.
 */
const sameIdMillis: Readonly<Partial<Record<FacadeEventType, number>>> = {
  'credential.refused': 60_000,
  'secret.shown': 60_000,
  'quota.near-limit': 900_000,
  'token.expired': Number.POSITIVE_INFINITY,
  'export.completed': Number.POSITIVE_INFINITY,
  'export.failed': Number.POSITIVE_INFINITY,
  'sample.registration-drifted': Number.POSITIVE_INFINITY,
};

/** The longest text of an event, in UTF-16 units. Every id of the facade is shorter; a client may send a longer one. */
const mostTextUnits = 200;

/** Cut to the bound; a character that the cut has halved becomes U+FFFD. */
const clip = (text: string): string => text.slice(0, mostTextUnits).toWellFormed();

const clipAll = <Data extends object>(data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? clip(value) : value]),
  ) as Data;

export type Circumstances = {
  readonly source: string;
  readonly nowMillis: number;
  readonly newId: () => string;
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
};

const idOf = ({ type, subject, occurrence }: FacadeEventFacts, { source, nowMillis, newId }: Circumstances): string => {
  const sameMillis = sameIdMillis[type];
  if (sameMillis === undefined) return newId();
  const interval = Math.floor(nowMillis / sameMillis);
  return createHash('sha256')
    .update(JSON.stringify([source, type, subject, interval, ...(occurrence === undefined ? [] : [occurrence])]))
    .digest('hex')
    .slice(0, 32);
};

const optional = (name: 'requestid' | 'traceid', value: string | undefined) =>
  value === undefined || value === '' ? {} : { [name]: clip(value) };

/** The event as it is sent: at most 16 KiB of JSON. */
export const toFacadeEvent = (facts: FacadeEventFacts, circumstances: Circumstances): RaisedEvent =>
  ({
    specversion: '1.0',
    id: idOf(facts, circumstances),
    source: circumstances.source,
    type: facts.type,
    subject: clip(facts.subject),
    time: new Date(circumstances.nowMillis).toISOString(),
    datacontenttype: 'application/json',
    ...optional('requestid', circumstances.requestId),
    ...optional('traceid', circumstances.traceId),
    data: clipAll(facts.data),
    ...(facts.incarnation === undefined ? {} : { incarnation: facts.incarnation }),
  }) as RaisedEvent;

/** The event as the body of a message. */
export const toEventText = (event: RaisedEvent): string => toAsciiJson(toShown(event));
