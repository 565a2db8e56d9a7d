/** What the budget gave for each send of a request, into its decision. What it got back was not spent. */
import { type Decision, noteQuota, noteUnsent, type QuotaNote } from '../exchange/decision.ts';

/** One send to come: the same object each time it is spoken of. */
type Send = { readonly decision?: Decision | undefined };

export const createQuotaNotes = () => {
  /** Units of sends that were admitted and not told to be sent yet. */
  const held = new WeakMap<Send, number>();

  const takeBack = (send: Send): void => {
    const units = held.get(send);
    if (units !== undefined && send.decision) noteUnsent(send.decision, units);
    held.delete(send);
  };

  return {
    /** Told of each answer of the budget. Asked again without a send in between, it has had the unit back. */
    asked(send: Send, note: QuotaNote): void {
      takeBack(send);
      held.set(send, note.units);
      if (send.decision) noteQuota(send.decision, note);
    },
    /** @param mayArrive false = it is certain that nothing was sent. */
    sent(send: Send, mayArrive: boolean): void {
      if (mayArrive) held.delete(send);
      else takeBack(send);
    },
  };
};
