/** The queue of the facade's own events (docs/events.md): who raises them may put them in, who reads them is a setting. */
import { AccountPrincipal, ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { Alarms } from './alarms.ts';
import type { FacadeFunction } from './facade-function.ts';
import { FacadeQueue } from './queue.ts';

/** Readers may be Lambda functions of up to 5 minutes. */
const readWithinSeconds = 300;
/** Retention is four days: whoever is told has three left. */
const notReadHours = 24;

const isAccount = (reader: string): boolean => /^\d{12}$/.test(reader);

export class OperationsQueue extends Construct {
  readonly #queue: FacadeQueue;
  readonly #hasReaders: boolean;

  /** @param readers account ids, and ARNs of roles. */
  constructor(scope: Construct, id: string, readers: readonly string[]) {
    super(scope, id);
    this.#queue = new FacadeQueue(this, 'Events', { handledWithinSeconds: readWithinSeconds });
    this.#hasReaders = readers.length > 0;
    this.#queue.grantRead(
      readers.map((reader) => (isAccount(reader) ? new AccountPrincipal(reader) : new ArnPrincipal(reader))),
    );
  }

  get url(): string {
    return this.#queue.queue.queueUrl;
  }

  /** Lets `fn` raise events. */
  grantRaise(fn: FacadeFunction): void {
    this.#queue.grantSend(fn, variables.operationsQueueUrl);
  }

  /** Without a reader, events grow old there as a matter of course. */
  watch(alarms: Alarms): void {
    this.#queue.watch(alarms, { name: 'Operations', ...(this.#hasReaders ? { oldestHours: notReadHours } : {}) });
  }
}
