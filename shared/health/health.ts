/** The deep health check: what the facade leans on, each with its state, the reason, and since when. */
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';
import { faultSentence } from './fault.ts';
import { type HealthState, type HealthStore, healthStates } from './health-store.ts';

export const checkNames = ['store', 'queues', 'upstream', 'sweep', 'hook', 'credentials', 'archive'] as const;
export type CheckName = (typeof checkNames)[number];

/** What a check found. The reason has no secret: every consumer may read it. */
export type Finding = { readonly state: HealthState; readonly reason: string };
type Check = Finding & { readonly name: CheckName; readonly sinceMillis: number };
export type Health = { readonly state: HealthState; readonly checks: readonly Check[] };

/** Throws when what it looks at cannot be reached: that is a failure. */
export type Look = () => Promise<Finding>;

/** Longer than a store takes on a bad day. All checks run at once. */
const mostMillis = 3_000;

export const causeIsLogged = 'The log of the function health has the cause.';

const find = async (look: Look): Promise<Finding> => {
  const looking = look().catch(
    (error: unknown): Finding => ({ state: 'failed', reason: `${faultSentence(error)} ${causeIsLogged}` }),
  );
  const late: Finding = {
    state: 'failed',
    reason: `It did not answer within ${mostMillis / 1_000} s. ${causeIsLogged}`,
  };
  return withinMillis(looking, mostMillis).catch(() => late);
};

const worst = (checks: readonly Finding[]): HealthState =>
  healthStates.findLast((state) => checks.some((check) => check.state === state)) ?? 'ok';

/** Without the store nobody knows since when: then since now. */
export const checkHealth = async (
  looks: Readonly<Record<CheckName, Look>>,
  store: HealthStore,
  clock: Clock,
): Promise<Health> => {
  const known = await store.readStates().catch(() => undefined);
  const nowMillis = clock.nowMillis();
  const checks = await Promise.all(
    checkNames.map(async (name): Promise<Check> => {
      const finding = await find(looks[name]);
      const before = known?.[name];
      return { name, ...finding, sinceMillis: before?.state === finding.state ? before.sinceMillis : nowMillis };
    }),
  );
  const hasChanged = checks.some(({ name, state }) => known?.[name]?.state !== state);
  if (known && hasChanged) {
    const states = checks.map(({ name, state, sinceMillis }) => [name, { state, sinceMillis }] as const);
    await store.writeStates(Object.fromEntries(states), nowMillis).catch(() => {});
  }
  return { state: worst(checks), checks };
};
