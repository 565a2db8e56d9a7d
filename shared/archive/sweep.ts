/** A run of the schedule: mends and starts orders and pages of backfills, and seals the chain. */
import type { JobContext } from '../exports/job-context.ts';

type Work<Orders, Pages, Seal> = {
  readonly orders: () => Promise<Orders>;
  readonly backfills: () => Promise<Pages>;
  readonly seal: () => Promise<Seal>;
  readonly onSealed: (seal: Seal) => void;
};

/**
 * One fault does not keep the other work from being done.
 * @throws the fault of the orders, or else that of the backfills or of the seal, after all were tried.
 */
export const sweepArchive = async <Orders, Pages, Seal>(
  step: JobContext['step'],
  { orders, backfills, seal, onSealed }: Work<Orders, Pages, Seal>,
): Promise<Orders & Pages & Seal> => {
  const [swept] = await Promise.allSettled([step('orders', orders)]);
  const [pages] = await Promise.allSettled([step('backfills', backfills)]);
  const [sealed] = await Promise.allSettled([step('seal', seal)]);
  if (sealed.status === 'fulfilled') onSealed(sealed.value);
  if (swept.status === 'rejected') throw swept.reason;
  if (pages.status === 'rejected') throw pages.reason;
  if (sealed.status === 'rejected') throw sealed.reason;
  return { ...swept.value, ...pages.value, ...sealed.value };
};
