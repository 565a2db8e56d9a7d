/** The check of the queues: one queue that cannot be read does not hide the dead letters of the others. */
import { withinMillis } from '../time/within.ts';
import { faultSentence, naming } from './fault.ts';
import { causeIsLogged, type Finding, type Look } from './health.ts';
import { isMirrorTitle, vitalTitles } from './queue-titles.ts';

/** @property name its title, as its alarms begin. */
type QueueAddress = { readonly name: string; readonly queueUrl: string; readonly deadLettersUrl: string };

/** Messages that wait in one queue and in its dead-letter queue, or why they cannot be counted. */
export type QueueDepth = { readonly name: string } & (
  | { readonly waiting: number; readonly dead: number; readonly error?: undefined }
  | { readonly error: Error }
);

/** Below the time that a check has. */
const mostMillis = 2_000;

const vital: ReadonlySet<string> = new Set(Object.values(vitalTitles));

/** Every consumer reads the reason. Only operators see the names of mirrors: in the log and in the names of alarms. */
const shownName = (name: string): string => (isMirrorTitle(name) ? 'a mirror' : name);

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const judgeQueues = (depths: readonly QueueDepth[]): Finding => {
  if (depths.length === 0) return { state: 'degraded', reason: 'The function was not told which queues there are.' };
  const read = depths.flatMap((depth) => (depth.error ? [] : [depth]));
  const unread = depths.flatMap((depth) => (depth.error ? [depth] : []));
  const dead = read
    .filter((queue) => queue.dead > 0)
    .map(({ name, dead: count }) => `${shownName(name)} has ${count} dead ${count === 1 ? 'letter' : 'letters'}`);
  const faults = unread.map(({ error }) => faultSentence(error));
  const letters = dead.length === 0 ? [] : [`${dead.join(', ')}. Runbook: messages in a dead-letter queue.`];
  if (faults.length > 0) {
    const state = unread.some(({ name }) => vital.has(name)) ? 'failed' : 'degraded';
    return { state, reason: capitalised([...letters, ...faults, causeIsLogged].join(' ')) };
  }
  if (dead.length > 0) return { state: 'degraded', reason: capitalised(letters.join('')) };
  const waiting = read
    .filter((queue) => queue.waiting > 0)
    .map((queue) => `${queue.waiting} in ${shownName(queue.name)}`);
  const facts = `None of ${depths.length} queues has dead letters.`;
  return { state: 'ok', reason: waiting.length === 0 ? facts : `${facts} Messages that wait: ${waiting.join(', ')}.` };
};

type QueueLookParts = {
  readonly queues: readonly QueueAddress[];
  /** Messages that the queue of this URL holds. */
  readonly countMessages: (queueUrl: string) => Promise<number>;
  /** Takes each queue that has dead letters or cannot be read, with its own name. */
  readonly onTrouble: (depth: QueueDepth) => void;
};

/** Asks SQS twice for each queue, all at once. */
export const createQueueLook = ({ queues, countMessages, onTrouble }: QueueLookParts): Look => {
  const count = async ({ name, queueUrl, deadLettersUrl }: QueueAddress): Promise<QueueDepth> => {
    const counts = withinMillis(Promise.all([countMessages(queueUrl), countMessages(deadLettersUrl)]), mostMillis);
    const named = naming(`the queue of ${shownName(name)}`, counts);
    return named.then(
      ([waiting, dead]) => ({ name, waiting, dead }),
      (error: Error) => ({ name, error }),
    );
  };
  return async () => {
    const depths = await Promise.all(queues.map(count));
    for (const depth of depths) if (depth.error || depth.dead > 0) onTrouble(depth);
    return judgeQueues(depths);
  };
};
