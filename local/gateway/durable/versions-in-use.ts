import type { Journals } from './journal.ts';
import type { Started } from './records.ts';
import { apply, begin } from './state.ts';

/** `name:number` of each version on which an execution that has not ended began. */
export const versionsInUse = (journals: Pick<Journals, 'readAll'>): ReadonlySet<string> => {
  const inUse = new Set<string>();
  for (const [first, ...rest] of journals.readAll()) {
    const state = begin(first as Started);
    for (const record of rest) apply(state, record);
    if (!state.ended) inUse.add(`${state.started.functionName}:${state.started.version}`);
  }
  return inUse;
};
