/** One process of the fleet: makes its share of the demand, sends the calls that its gate admits, and reports the results. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoKey } from '../../../packages/signals-simulator/src/options.ts';
import type { Priority } from '../../../shared/exchange/quota-profile.ts';
import { createGate } from './gates.ts';
import type { Call, WorkerReport, WorkerTask } from './messages.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const send = (upstreamUrl: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = `${upstreamUrl}/api/rest/v1.0/profiles/me`;
    const sent = request(url, { agent, headers: { 'x-api-key': demoKey } }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end();
  });

const work = async (task: WorkerTask): Promise<WorkerReport> => {
  const count = { reads: 0, writes: 0 };
  const gate = createGate(task, count);
  const calls: Call[] = [];
  const pending = new Set<Promise<void>>();

  const call = async (priority: Priority, consumerId: string): Promise<void> => {
    const since = performance.now();
    const atMillis = Date.now();
    const admitted = await gate.admit(consumerId, priority).then(
      (answered) => answered,
      (reason: unknown) => {
        if (reason instanceof Error && reason.name !== 'AppError') throw reason;
        return undefined;
      },
    );
    const waitedMillis = performance.now() - since;
    const status = admitted && (await send(task.upstreamUrl));
    admitted?.();
    calls.push({ atMillis, priority, consumerId, waitedMillis, status });
  };

  /** A Poisson process. */
  const demand = async (priority: Priority, perSecond: number, fromMillis: number): Promise<void> => {
    if (perSecond <= 0) return;
    let next = fromMillis;
    for (;;) {
      next -= (Math.log(1 - Math.random()) / perSecond) * 1_000;
      if (next > task.endMillis) return;
      await sleep(Math.max(0, next - Date.now()));
      const consumerId = `app-${Math.floor(Math.random() * task.consumers)}`;
      const made = call(priority, consumerId).finally(() => pending.delete(made));
      pending.add(made);
    }
  };

  await Promise.all([
    demand('background', task.backgroundPerSecond, task.startMillis + task.quietMillis),
    demand('interactive', task.interactivePerSecond, task.startMillis),
  ]);
  await Promise.all(pending);
  return { calls, storeReads: count.reads, storeWrites: count.writes, details: gate.details() };
};

process.once('message', (task: WorkerTask) => {
  void work(task).then((report) => process.send?.(report, () => process.exit(0)));
});
