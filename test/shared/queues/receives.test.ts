import { expect, it } from 'vitest';
import * as receives from '../../../shared/queues/receives.ts';

/** SQS API reference, SetQueueAttributes. */
const mostOfSqs = 1_000;

it('leaves it to the handler to give a message up: SQS takes it away later, within its limit', () => {
  const handled = Object.values(receives).filter((one) => 'mostReceives' in one);
  expect(handled.length).toBeGreaterThan(1);
  for (const { mostReceives, maxReceiveCount } of handled) expect(maxReceiveCount).toBeGreaterThan(mostReceives);
  const queues = Object.values(receives).filter((one) => 'maxReceiveCount' in one);
  for (const { maxReceiveCount } of queues) expect(maxReceiveCount).toBeLessThanOrEqual(mostOfSqs);
});
