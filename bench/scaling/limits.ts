/** Arithmetic: each limit of AWS, what the base load uses of it, and at which multiple the limit is reached. */
import { baseLoad, factors } from './base-load.ts';
import { mostSubscriptions } from './fan-out.ts';

export type Limit = {
  readonly limit: string;
  readonly most: number;
  readonly unit: string;
  /** Of the base load. */
  readonly used: number;
  /** Whether the use grows with the load. A `0` stands for a use that the load does not change. */
  readonly grows: boolean;
};

const calls = baseLoad.readsPerSecond / (1 - baseLoad.writeShare);
const writes = calls * baseLoad.writeShare;
const eventsPerSecond = baseLoad.eventsPerMinute / 60;
/** As bench/results/exports.json and docs/speed.md have it: calls to the tenant for each archived PDF. */
const callsPerPdf = 7;
const secondsOfDay = 86_400;
/** Of an answer: half of a small one's hit, by the model of time of the bench `cost`. */
const hitSeconds = 0.014;
/** A verifying function reads and hashes; assumed, for 1 GiB of memory. */
const verifiedMegabytesPerSecond = 40;
const verifyDays = 30;
/** 15 minutes each quarter of an hour. */
const verifySeconds = secondsOfDay;
/** As infra/capabilities/fan-out.ts has it. */
const batches = 20;
const batchOf = 10;
/** Six requests to tables and queues for an event, one after the other, by the same model. */
const eventSeconds = 0.06;
/** shared/cache/sweep/sweep.ts: 20 pages of 100 a run, a run each 30 s. */
const sweptPerSecond = (20 * 100) / 30;

/** @param resources of the template, and how many of its requests stay the same whatever the load. */
export const limitsOf = (resources: number): Limit[] => [
  {
    limit: 'throttle of the stage (`gatewayRequestsPerSecond`)',
    most: 500,
    unit: 'requests/s',
    used: calls,
    grows: true,
  },
  { limit: 'API Gateway, of an account and region', most: 10_000, unit: 'requests/s', used: calls, grows: true },
  {
    limit: 'firewall, of one address (`addressRequestsPerMinute`)',
    most: 20_000,
    unit: 'requests/min',
    used: (calls * 60) / baseLoad.consumers,
    grows: true,
  },
  {
    limit: 'executions of `native` (`reservedConcurrency`), hits alone',
    most: 400,
    unit: 'executions',
    used: calls * hitSeconds,
    grows: true,
  },
  {
    limit: 'Lambda, 10 requests a second of an execution',
    most: 4_000,
    unit: 'requests/s',
    used: calls,
    grows: true,
  },
  {
    limit: 'new executions of a function in 10 s',
    most: 1_000,
    unit: 'executions',
    used: calls * 10 * hitSeconds,
    grows: true,
  },
  {
    limit: 'DynamoDB, reads of one item: the item `TENANT` of the cache',
    most: 3_000,
    unit: 'read units/s',
    used: calls,
    grows: true,
  },
  {
    limit: 'DynamoDB, writes of one item: the item `TENANT` of the cache',
    most: 1_000,
    unit: 'write units/s',
    used: 2 * writes,
    grows: true,
  },
  {
    limit: 'DynamoDB, 400 KB an item: deliveries of one event',
    most: mostSubscriptions(),
    unit: 'subscriptions',
    used: baseLoad.subscriptions,
    grows: true,
  },
  {
    limit: 'SQS FIFO, sends of one message group: events of one entity',
    most: 300,
    unit: 'events/s',
    used: eventsPerSecond,
    grows: true,
  },
  {
    limit: 'SQS, messages in flight of one queue',
    most: 120_000,
    unit: 'messages',
    used: eventsPerSecond * eventSeconds,
    grows: true,
  },
  {
    limit: 'dispatcher, 20 batches of 10 at a time',
    most: (batches * batchOf) / eventSeconds,
    unit: 'events/s',
    used: eventsPerSecond,
    grows: true,
  },
  {
    limit: 'change sweep, 2,000 changes a run',
    most: sweptPerSecond,
    unit: 'changes/s',
    used: eventsPerSecond,
    grows: true,
  },
  {
    limit: 'archive: calls to the tenant, half of its limit',
    most: 500,
    unit: 'calls/min',
    used: (baseLoad.archivedPerDay * callsPerPdf) / 1_440,
    grows: true,
  },
  {
    limit: 'archive: PDFs a day, 4 at a time of 11 s (bench `exports`)',
    most: (4 * secondsOfDay) / 11,
    unit: 'PDFs',
    used: baseLoad.archivedPerDay,
    grows: true,
  },
  {
    limit: 'archive: verification in 30 days, one function without a pause',
    most: verifySeconds * verifiedMegabytesPerSecond,
    unit: 'MB a day',
    used: (baseLoad.archived * baseLoad.pdfMegabytes) / verifyDays,
    grows: true,
  },
  {
    limit: 'S3, writes below one prefix',
    most: 3_500,
    unit: 'requests/s',
    used: (baseLoad.archivedPerDay * 14) / secondsOfDay,
    grows: true,
  },
  { limit: 'resources of a CloudFormation stack', most: 500, unit: 'resources', used: resources, grows: false },
];

const show = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

export const limitRow = ({ limit, most, unit, used, grows }: Limit) => ({
  ...{ limit, most: Math.round(most), unit },
  ...Object.fromEntries(
    factors.map((factor) => {
      const value = grows ? used * factor : used;
      return [`at${factor}`, `${show(value)}${value > most ? ' !' : ''}`];
    }),
  ),
  reached: grows ? `${show(most / used)} times` : 'never',
});
