/** What a run did to the promises: counted at the tenant, at the subscribers, in the audit log and by the callers. */
import type { Simulator } from '../../packages/signals-simulator/src/simulator.ts';
import { arrivalsIn, ask, type Subscriber } from '../fanout/subscribers.ts';
import { mostInAnyWindow } from '../quota/simulate.ts';
import type { LoadLog } from './load.ts';

/** Instants of a run, in milliseconds since the epoch. */
type Span = { readonly beganMillis: number; readonly faultMillis: number; readonly endedMillis: number };

/** Subscriptions of the load: to all events. */
export type Subscribers = { readonly fifo: Subscriber; readonly standard: Subscriber };

export type Figures = {
  /** Sends to the tenant in its busiest 60 s above its ceiling. */
  readonly overshoot: number;
  /** Of the ceiling, what the busiest 60 s used. */
  readonly mostInMinute: number;
  readonly events: number;
  /** Events that a subscriber lacks, over both subscriptions. */
  readonly eventsMissing: number;
  /** Events that the FIFO queue holds twice without a mark. */
  readonly eventsTwice: number;
  readonly writes: number;
  /** Writes that were answered with a success and that the tenant does not have. */
  readonly writesLost: number;
  /** Creations that the tenant has more than once. */
  readonly writesTwice: number;
  /** Writes that reached the tenant and have no entry in the audit log. */
  readonly auditMissing: number;
  readonly reads: number;
  /** Oldest answer without a mark, in seconds. */
  readonly staleSeconds: number;
  /** Answers without a mark that did not show an answered write of the facade. */
  readonly ownWritesHidden: number;
  /** Oldest answer that says that it is old because the tenant fails, in seconds. */
  readonly markedStaleSeconds: number;
  /** Calls of the load that failed, by status and code. */
  readonly errors: Readonly<Record<string, number>>;
  /** From the end of the fault to the end of the last call that failed or showed too old an answer, and to the last late event. */
  readonly recoverySeconds: number;
};

type Source = {
  readonly simulator: Simulator;
  readonly log: LoadLog;
  readonly subscribers: Subscribers;
  readonly api: { readonly url: string };
  readonly limit: number;
  readonly span: Span;
};

const boundMillis = 60_000;
/** An event that takes longer than this is late. */
const promptMillis = 10_000;

const count = (values: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const eventFigures = async ({ simulator, subscribers, span }: Source) => {
  const events = simulator.tenant.notifications
    .recent()
    .filter(({ createdAtMillis }) => createdAtMillis >= span.beganMillis);
  const [fifo, standard] = [
    await arrivalsIn(subscribers.fifo.queueUrl),
    await arrivalsIn(subscribers.standard.queueUrl),
  ];
  const missing = [fifo, standard].map((arrived) => {
    const ids = new Set(arrived.map(({ id }) => id));
    return events.filter(({ id }) => !ids.has(id)).length;
  });
  const unmarked = count(fifo.filter(({ delivery }) => delivery === undefined).map(({ id }) => id));
  const first = new Map(fifo.toReversed().map(({ id, atMillis }) => [id, atMillis]));
  const late = events
    .filter(({ id, createdAtMillis }) => (first.get(id) ?? 0) - createdAtMillis > promptMillis)
    .map(({ id }) => first.get(id) ?? 0);
  return {
    events: events.length,
    eventsMissing: missing.reduce((sum, one) => sum + one, 0),
    eventsTwice: Object.values(unmarked).filter((copies) => copies > 1).length,
    lateMillis: Math.max(0, ...late),
  };
};

const writeFigures = ({ simulator, log }: Source) => {
  const names = count([...simulator.tenant.entities.ofType('experiment')].map(({ name }) => name));
  const lost = log.creations.filter(({ name, isAcknowledged }) => isAcknowledged && !names[name]);
  // A later write to the same record covers an earlier one.
  const shown = (entity: string): number =>
    Number(/(\d+) of the load/.exec(simulator.tenant.entities.get(entity)?.description ?? '')?.[1] ?? 0);
  const lostPatches = log.patches.filter(({ entity, number }) => shown(entity) < number);
  return {
    writes: log.creations.length + log.patches.length,
    writesLost: lost.length + lostPatches.length,
    writesTwice: log.creations.filter(({ name }) => (names[name] ?? 0) > 1).length,
  };
};

type AuditPage = {
  readonly data: {
    readonly attributes: { readonly operation: string; readonly target: string; readonly outcome: string };
  }[];
  readonly links?: { readonly next?: string };
};

/** Each entry of a write that may have been sent, by what it did. */
const auditedWrites = async ({ api, span }: Source): Promise<Record<string, number>> => {
  const found: string[] = [];
  let url: string | undefined = `${api.url}/v1/audit?page[size]=100&from=${new Date(span.beganMillis).toISOString()}`;
  while (url) {
    const answer: Response = await fetch(url, { headers: { 'x-api-key': 'demo-admin' } });
    if (!answer.ok) throw new Error(`The audit log was not read: ${answer.status} ${await answer.text()}`);
    const { data, links } = (await answer.json()) as AuditPage;
    for (const { attributes } of data)
      if (attributes.outcome !== 'refused') found.push(`${attributes.operation.split(' ')[0]} ${attributes.target}`);
    url = links?.next;
  }
  return count(found);
};

const auditFigures = async (source: Source) => {
  const { simulator } = source;
  const arrived = count(
    simulator.arrivals
      .filter(({ method, path }) => method === 'PATCH' || (method === 'POST' && path.endsWith('/entities')))
      .map(({ method, path }) => `${method} ${decodeURIComponent(path.split('?')[0] ?? '')}`),
  );
  const audited = await auditedWrites(source);
  const missing = Object.entries(arrived).map(([what, times]) => Math.max(0, times - (audited[what] ?? 0)));
  return { auditMissing: missing.reduce((sum, one) => sum + one, 0) };
};

const readFigures = ({ log }: Source) => {
  const reads = log.calls.filter(({ kind, status }) => kind.startsWith('read') && status === 200);
  const [marked, plain] = [reads.filter(({ isMarked }) => isMarked), reads.filter(({ isMarked }) => !isMarked)];
  const edits = plain.filter(({ kind }) => kind === 'read');
  const own = plain.filter(({ kind }) => kind === 'read of an own write');
  const oldest = (calls: typeof reads): number => Math.max(0, ...calls.map(({ staleMillis }) => staleMillis)) / 1_000;
  return {
    reads: reads.length,
    staleSeconds: oldest(edits),
    ownWritesHidden: own.filter(({ staleMillis }) => staleMillis > 0).length,
    markedStaleSeconds: oldest(marked),
  };
};

const recoverySeconds = ({ log, span }: Source, lateMillis: number): number => {
  // The load is near its limit at any time, so a refusal by the limit is no sign of the fault.
  const isBad = ({ code, status, staleMillis }: LoadLog['calls'][number]): boolean =>
    (code !== '' && status !== 429) || staleMillis > boundMillis;
  const bad = log.calls.filter(isBad).map(({ endMillis }) => endMillis);
  return Math.max(0, Math.max(lateMillis, ...bad) - span.endedMillis) / 1_000;
};

export const witness = async (source: Source): Promise<Figures> => {
  const { simulator, log, limit, span } = source;
  const { lateMillis, ...events } = await eventFigures(source);
  const mostInMinute = mostInAnyWindow(simulator.arrivals.filter(({ atMillis }) => atMillis >= span.beganMillis));
  return {
    ...events,
    ...writeFigures(source),
    ...(await auditFigures(source)),
    ...readFigures(source),
    mostInMinute,
    overshoot: Math.max(0, mostInMinute - limit),
    errors: count(log.calls.flatMap(({ code }) => (code === '' ? [] : [code]))),
    recoverySeconds: recoverySeconds(source, lateMillis),
  };
};

export const subscribeAll = async (url: string): Promise<Subscribers> => {
  const make = async (kind: 'fifo' | 'standard'): Promise<Subscriber> => {
    const data = { type: 'subscription', attributes: { queue: { kind } } };
    const { id, attributes } = await ask({ url, key: 'demo-app' }, 'POST', '/v1/subscriptions', data);
    return { id, queueUrl: attributes.queueUrl };
  };
  return { fifo: await make('fifo'), standard: await make('standard') };
};
