/** The queue of the facade's own events (docs/events.md): functions that raise events may send to it. A setting names its readers. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AccountPrincipal, ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';

/** Readers may be Lambda functions of up to 5 minutes. */
const readWithinSeconds = 300;
/** Messages are kept for four days, so operators have three days after this alarm. */
const notReadHours = 24;

const isAccount = (reader: string): boolean => /^\d{12}$/.test(reader);

export class Operations {
  readonly #queue: FacadeQueue;

  constructor(stage: Stage) {
    const { stack, config, alarms } = stage;
    // Account ids, and ARNs of roles.
    const readers = config.operationsReaders;
    const scope = new Construct(stack, 'Operations');
    this.#queue = new FacadeQueue(scope, 'Events', { handledWithinSeconds: readWithinSeconds });
    this.#queue.grantRead(
      readers.map((reader) => (isAccount(reader) ? new AccountPrincipal(reader) : new ArnPrincipal(reader))),
    );
    // Without a reader, events grow old there as a matter of course.
    const oldest = readers.length > 0 ? { oldestHours: notReadHours } : {};
    this.#queue.watch(alarms, { name: 'Operations', ...oldest });
    alarms.add('EventsLost', alarms.metric('FacadeEventsLost', Stats.SUM), 1, {
      what: 'An event of the facade did not reach the operations queue',
      section: 'events that were lost',
    });
    stage.dashboards.addRow('Operations events', {
      queues: [this.#queue],
      graphs: {
        'Events sent and lost': [
          ['FacadeEventsSent', Stats.SUM],
          ['FacadeEventsLost', Stats.SUM],
        ],
      },
    });
    stage.addOutputs({ OperationsQueueUrl: this.#queue.queue.queueUrl });
  }

  /** Lets `fn` raise events. */
  grantRaise(fn: FacadeFunction): void {
    this.#queue.grantSend(fn, variables.operationsQueueUrl);
  }
}
