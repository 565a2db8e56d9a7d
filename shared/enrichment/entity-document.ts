/** Ports: documents of entities that subscriptions get with events, and the queue of those that are to be read. */
import * as z from 'zod';

/** The most bytes of a document that goes with an event. */
export const mostDocumentBytes = 262_144;

/** What is known of an entity. */
export type EntityDocument = {
  readonly entity: string;
  /** It shows the entity as it was then, or later. */
  readonly asOfMillis: number;
  /** `too-large`: above `mostDocumentBytes`. `not-shown`: the tenant does not show it to the service account. `failed`: it could not be read. */
  readonly state: 'read' | 'too-large' | 'not-shown' | 'failed';
  /** The tenant's name for this version of the entity. */
  readonly digest?: string | undefined;
  /** Only of `read`: the JSON:API document, as the tenant gave it. */
  readonly document?: unknown;
};

/** How long a document goes with events: later ones would get the entity as it is no more. */
export const documentKeptMillis = 3_600_000;

/**
 * Whether the document shows the entity as it was at `sinceMillis` or later, and is not older than `documentKeptMillis`. Stores remove old
 * ones days later (DynamoDB, TTL).
 */
export const isUsable = ({ asOfMillis }: EntityDocument, sinceMillis: number, nowMillis: number): boolean =>
  asOfMillis >= sinceMillis && nowMillis - asOfMillis < documentKeptMillis;

export interface EntityDocuments {
  /** With strong consistency. */
  read(entity: string): Promise<EntityDocument | undefined>;
  /** Replaces an older one. Does nothing where a newer one is kept. */
  write(document: EntityDocument): Promise<void>;
}

const text = z.string().min(1);

/** The body of a message of the queue. */
export const EnrichmentWork = z.object({
  entity: text,
  /** The document must show the entity as it was then, or later. */
  sinceMillis: z.number(),
  /** Subscriptions whose deliveries of the entity wait for it. */
  subscriptionIds: z.array(text).min(1),
});
export type EnrichmentWork = Readonly<z.infer<typeof EnrichmentWork>>;

export interface EnrichmentQueue {
  /** @throws when it is not known to be queued. */
  add(work: EnrichmentWork): Promise<void>;
}
