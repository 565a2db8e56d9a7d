/** Records in a request's decision what the quota granted for each send. Returned units do not count as spent. */
import { type Decision, noteQuota, noteUnsent, type QuotaNote } from '../exchange/decision.ts';
import type { SendOutcome } from '../exchange/send-outcome.ts';

/** One send to come: the same object each time it is spoken of. */
type Send = { readonly decision?: Decision | undefined };

export const createQuotaNotes = () => {
  /** Units of sends that were admitted and not reported as sent yet. */
  const held = new WeakMap<Send, number>();

  const takeBack = (send: Send): void => {
    const units = held.get(send);
    if (units !== undefined && send.decision) noteUnsent(send.decision, units);
    held.delete(send);
  };

  return {
    /**
     * Called with each answer of the quota. If it is asked again without a send in between, it has had the unit back.
     */
    asked(send: Send, note: QuotaNote): void {
      takeBack(send);
      held.set(send, note.units);
      if (send.decision) noteQuota(send.decision, note);
    },
    sent(send: Send, outcome: SendOutcome): void {
      if (outcome.kind === 'not-sent') takeBack(send);
      else held.delete(send);
    },
  };
};
