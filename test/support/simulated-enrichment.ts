/** The queue of documents to be read, the tenant that shows them, and the function between the two, on a simulated clock. */
import { createMemoryEntityDocuments } from '../../shared/enrichment/adapters/memory.ts';
import { createEnricher } from '../../shared/enrichment/enricher.ts';
import { createEnrichment } from '../../shared/enrichment/enrichment.ts';
import type { EnrichmentQueue, EnrichmentWork } from '../../shared/enrichment/entity-document.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Ingress } from '../../shared/notifications/ingress.ts';
import { outcomeOfError } from '../../shared/queues/message.ts';
import { createLife, Killed, type Life, mortal } from './mortal.ts';

/** How the tenant answers: with a status and a text, or not at all. */
type Shown = { readonly status: number; readonly text: string } | AppError;

export const entityText = (entity: string, facts: { readonly digest?: string; readonly name?: string } = {}): string =>
  JSON.stringify({ data: { type: 'entity', id: entity, attributes: { id: entity, digest: '7', ...facts } } });

/** For subscriptions that ask for no documents. */
export const noEnrichment = (clock: { nowMillis(): number }) =>
  createEnrichment({
    documents: createMemoryEntityDocuments(),
    ...{ queue: { add: async () => {} }, mayShow: async () => false, clock },
  });

const visibilityMillis = 240_000;

export const createSimulatedEnrichment = (clock: { nowMillis(): number }) => {
  const documents = createMemoryEntityDocuments();
  const messages: { body: EnrichmentWork; sentAtMillis: number; receiveCount: number; visibleAtMillis: number }[] = [];
  const mayShow = new Set<string>();
  const tenant = {
    reads: [] as string[],
    show: (entity: string): Shown => ({ status: 200, text: entityText(entity) }),
  };
  const queue: EnrichmentQueue = {
    async add(body) {
      const now = clock.nowMillis();
      messages.push({ body: structuredClone(body), sentAtMillis: now, receiveCount: 0, visibleAtMillis: now });
    },
  };
  const readEntity = async (entity: string) => {
    tenant.reads.push(entity);
    const shown = tenant.show(entity);
    if (shown instanceof AppError) throw shown;
    return { status: shown.status, body: new Uint8Array(Buffer.from(shown.text)) };
  };
  return {
    ...{ documents, queue, tenant, mayShow },
    nextMillis: (): number => Math.min(Number.POSITIVE_INFINITY, ...messages.map((one) => one.visibleAtMillis)),
    /** One invocation with one message. */
    async run(ingress: Ingress, life: Life = createLife()): Promise<void> {
      const message = messages.find(({ visibleAtMillis }) => visibleAtMillis <= clock.nowMillis());
      if (!message) return;
      message.receiveCount += 1;
      message.visibleAtMillis = clock.nowMillis() + visibilityMillis;
      const enricher = createEnricher({
        documents: mortal(documents, life),
        ...{ readEntity, ingress: mortal(ingress, life), clock },
      });
      const outcome = await enricher.enrich(message).catch((error: unknown) => {
        if (error instanceof Killed) return undefined;
        return outcomeOfError(error);
      });
      if (!outcome || life.isDead) return;
      if (outcome.kind === 'retry')
        message.visibleAtMillis = clock.nowMillis() + (outcome.afterSeconds ?? outcome.leastSeconds ?? 30) * 1_000;
      else messages.splice(messages.indexOf(message), 1);
    },
  };
};
