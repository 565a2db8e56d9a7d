/** Mirrors (docs/pushes.md): the function that forwards pushes to other facades, with a queue for each that the stage names. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { credentialContext, variables } from '../../shared/config/names.ts';
import { mirrorTitleOf } from '../../shared/health/queue-titles.ts';
import { mirrorRecord } from '../../shared/mirrors/header-store.ts';
import { mirrorReceives } from '../../shared/queues/receives.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';
import type { Notifications } from './notifications.ts';

const mirrorSize = { memoryMiB: 512, timeoutSeconds: 30 };
const { maxReceiveCount } = mirrorReceives;

const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export class Mirrors {
  constructor(stage: Stage, { notifications }: { readonly notifications: Notifications }) {
    const { stack, config, keys } = stage;
    const fn = stage.createFunction('mirror', mirrorSize);
    notifications.grantMirrorHeaders(fn);
    this.#grantOpening(fn, keys.credentials.keyArn);
    stage.dashboards.addRow('Mirrors', { functions: [fn] });
    const scope = new Construct(stack, 'Mirrors');
    const told = config.mirrors.map((mirror) => {
      const title = capitalised(mirror.name);
      const { timeoutSeconds } = mirrorSize;
      const queue = new FacadeQueue(scope, title, {
        handledWithinSeconds: timeoutSeconds,
        maxReceiveCount,
        fifo: true,
      });
      queue.handTo(fn, undefined, { timeoutSeconds });
      queue.watch(stage.alarms, { name: mirrorTitleOf(mirror.name), oldestHours: 4 });
      return {
        ...mirror,
        ...{ arn: queue.queue.queueArn, deadLettersArn: queue.deadLetters.queueArn },
        ...{ queueUrl: queue.queue.queueUrl, deadLettersUrl: queue.deadLetters.queueUrl },
        grantDeliver: (to: FacadeFunction) => queue.grantDeliver(to),
      };
    });
    const places = config.mirrors.map(({ name, url }) => `${name}@${new URL(url).host}`);
    stage.addOutputs({ Mirrors: places.join(',') || 'none' });
    const facts = told.map(({ grantDeliver: _, ...rest }) => rest);
    fn.setVariable(variables.mirrors, stack.toJsonString(facts));
    // The functions that send need no URL, and have little room in their variables.
    const toSendTo = facts.map(({ queueUrl: _, deadLettersUrl: __, ...rest }) => rest);
    notifications.mirror(stack.toJsonString(toSendTo), told);
  }

  /** The values of mirrors' headers, and no other secret of the key. */
  #grantOpening(fn: FacadeFunction, keyArn: string): void {
    const conditions = {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': mirrorRecord('*', '*') },
    };
    fn.allow(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [keyArn], conditions }));
    fn.setVariable(variables.credentialsKey, keyArn);
  }
}
