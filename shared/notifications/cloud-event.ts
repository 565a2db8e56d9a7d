/** A notification as subscribers get it: one CloudEvent 1.0 as JSON, the whole body of a message. */
import * as z from 'zod';
import type { Notification } from './notification.ts';

const Id = z.string().min(1);

/**
 * Why an event stands outside the order of its entity, or comes again; absent on an ordinary live one. `late`: it came after a later one of
 * its entity. `repeated`: it may have been sent before, so long ago that a FIFO queue does not recognise it. `latest`: it stands
 * for all events of an interval.
 */
const DeliveryMark = z.enum(['late', 'repeated', 'replay', 'redrive', 'test', 'latest']);
type DeliveryMark = z.infer<typeof DeliveryMark>;

/**
 * What became of the entity's document that the subscription asks for. `included`: it is in `data.included`. `no-right`: the consumer may
 * not read entities, as itself. `too-large`: above 256 KiB, or the message would be above 1 MiB. `not-shown`: the tenant does not show it. `failed`: it could
 * not be read for minutes. `not-read`: none goes with replays, test events and dead letters.
 */
const EnrichmentState = z.enum(['included', 'no-right', 'too-large', 'not-shown', 'failed', 'not-read']);

/** Members that are added later are left out. Names of attributes are of a-z and 0-9 (CloudEvents 1.0.2, naming conventions). */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: Id.describe("The notification's id. Each copy of one event has the same: drop those that you have handled."),
  source: Id.describe('`/signals-facade/<stage>`.'),
  type: Id.describe(
    "`com.revvity.signals.<native type>`, such as `com.revvity.signals.close`. The facade's own events have types of their own, such as `token.expired`.",
  ),
  subject: Id.describe('Id of the entity that the event is about.'),
  time: z.iso.datetime().describe("When it happened, by the tenant's clock."),
  datacontenttype: z.literal('application/json'),
  entitysequence: z
    .string()
    .regex(/^\d{20}$/)
    .optional()
    .describe('Place in the order of the entity: compare as text. Absent on events that stand outside that order.'),
  delivery: DeliveryMark.optional().describe(
    'Why the event stands outside the order, or comes again. Absent on ordinary live events.',
  ),
  parkedevent: Id.optional().describe(
    'Id of an earlier event of the entity that could not be delivered, and is among the dead letters.',
  ),
  coalescedcount: z.int().min(1).optional().describe('How many events one that is marked `latest` stands for.'),
  reconstructed: z
    .literal(true)
    .optional()
    .describe('The facade saw the change, but the tenant has no notification of it: `data` is made by the facade.'),
  enrichment: EnrichmentState.optional().describe(
    "Of subscriptions with `enriched`: whether the entity's document is in `data.included`, or why it is not.",
  ),
  entitydigest: Id.optional().describe(
    "Of subscriptions with `enriched`: the tenant's digest of the entity when it was read.",
  ),
  data: z.unknown().describe('The native document. An event of the facade has its own data.'),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

const nativeTypePrefix = 'com.revvity.signals.';

/** An event of the facade's own has the type that the operations queue shows (docs/events.md). */
const eventTypeOf = ({ origin, type }: Pick<Notification, 'origin' | 'type'>): string =>
  origin === 'facade' ? type : nativeTypePrefix + type;

/** The native type; an event of the facade's own has its own type. */
export const nativeTypeOf = ({ type }: Pick<CloudEvent, 'type'>): string =>
  type.startsWith(nativeTypePrefix) ? type.slice(nativeTypePrefix.length) : type;

/** Fixed width, so that the order of texts is that of numbers (CloudEvents, sequence extension). */
export const toEntitySequence = (sequence: number): string => String(sequence).padStart(20, '0');

/** The entity's document, or why it does not go with the event. */
export type Enrichment = {
  readonly state: z.infer<typeof EnrichmentState>;
  readonly digest?: string | undefined;
  /** Only of `included`: a JSON:API document. */
  readonly document?: unknown;
};

/** What is special about one copy of an event. */
export type Marks = {
  /** Its number in the order of the entity; absent or 0 = it stands outside. */
  readonly sequence?: number | undefined;
  readonly mark?: DeliveryMark | undefined;
  readonly parkedEventId?: string | undefined;
  /** Of `latest`: how many it stands for. */
  readonly coalescedCount?: number | undefined;
  /** Of `latest`: an id of its own in place of the notification's. */
  readonly id?: string | undefined;
  readonly enrichment?: Enrichment | undefined;
};
export type Place = Marks & {
  /** `/signals-facade/<stage>`. */
  readonly source: string;
};

type Resource = { readonly type?: unknown; readonly id?: unknown };
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const resourcesOf = (value: unknown): readonly Resource[] => [value].flat().filter(isObject);

/** The native document with the entity's as a related resource (JSON:API 1.1, compound documents: each resource once). */
const withIncluded = (native: unknown, document: unknown): unknown => {
  if (!isObject(document)) return native;
  const outer = isObject(native) ? native : { data: native };
  const all = [document.data, document.included, outer.included].flatMap(resourcesOf);
  const keyOf = ({ type, id }: Resource): string => JSON.stringify([type, id]);
  const included = [...Map.groupBy(all, keyOf).values()].flatMap(([first]) => first ?? []);
  return { ...outer, included };
};

const enrichmentFields = ({ state, digest }: Enrichment) => ({
  enrichment: state,
  ...(digest === undefined ? {} : { entitydigest: digest }),
});

export const toCloudEvent = (
  notification: Notification,
  { source, sequence, mark, parkedEventId, coalescedCount, id, enrichment }: Place,
): CloudEvent => ({
  specversion: '1.0',
  id: id ?? notification.id,
  source,
  type: eventTypeOf(notification),
  subject: notification.entity,
  time: new Date(notification.createdAtMillis).toISOString(),
  datacontenttype: 'application/json',
  ...(sequence ? { entitysequence: toEntitySequence(sequence) } : {}),
  ...(mark === undefined ? {} : { delivery: mark }),
  ...(parkedEventId === undefined ? {} : { parkedevent: parkedEventId }),
  ...(coalescedCount === undefined ? {} : { coalescedcount: coalescedCount }),
  ...(notification.origin === 'reconstructed' ? { reconstructed: true as const } : {}),
  ...(enrichment === undefined ? {} : enrichmentFields(enrichment)),
  data: withIncluded(notification.document, enrichment?.document),
});

/**
 * The body of a message. SQS refuses U+FFFE and U+FFFF, which JSON.stringify leaves raw (API reference, SendMessage); all else
 * that it refuses is escaped already.
 */
export const toCloudEventText = (event: CloudEvent): string =>
  JSON.stringify(event).replace(/[\ufffe\uffff]/g, (unit) => (unit === '\ufffe' ? '\\ufffe' : '\\uffff'));
