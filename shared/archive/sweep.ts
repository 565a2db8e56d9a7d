/** A run of the schedule: mends and starts orders, and seals the chain. */
import type { JobContext } from '../exports/job-context.ts';

/**
 * One fault does not keep the other work from being done.
 * @throws the fault of the orders, or else that of the seal, after both were tried.
 */
export const sweepArchive = async <Orders, Seal>(
  step: JobContext['step'],
  sweepOrders: () => Promise<Orders>,
  seal: () => Promise<Seal>,
  onSealed: (seal: Seal) => void,
): Promise<Orders & Seal> => {
  const [orders] = await Promise.allSettled([step('orders', sweepOrders)]);
  const [sealed] = await Promise.allSettled([step('seal', seal)]);
  if (sealed.status === 'fulfilled') onSealed(sealed.value);
  if (orders.status === 'rejected') throw orders.reason;
  if (sealed.status === 'rejected') throw sealed.reason;
  return { ...orders.value, ...sealed.value };
};
