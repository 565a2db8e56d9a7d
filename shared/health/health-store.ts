/** Port: what instances know of the upstream, and since when each check has its state. */

export const healthStates = ['ok', 'degraded', 'failed'] as const;
export type HealthState = (typeof healthStates)[number];

/** What came of calls that were sent. */
export type Outcomes = { readonly answered: number; readonly failed: number };

export type KnownState = { readonly state: HealthState; readonly sinceMillis: number };

export interface HealthStore {
  /** Adds to the outcomes of a period. Concurrent additions all count; a repeated write may count twice. */
  addOutcomes(periodStartMillis: number, outcomes: Outcomes): Promise<void>;
  /** The sum over the periods that begin at this instant or later. */
  outcomesSince(millis: number): Promise<Outcomes>;
  /** By the name of the check; a check that was never made is missing. */
  readStates(): Promise<Readonly<Record<string, KnownState>>>;
  /** Replaces all states, unless a check that began later wrote its own. @param checkedAtMillis when this check began. */
  writeStates(states: Readonly<Record<string, KnownState>>, checkedAtMillis: number): Promise<void>;
}
