/** Legal holds on the archived versions of an experiment, as the catalogue keeps them. They are never removed, only released. */
import * as z from 'zod';

/**
 * Made anew by each request that writes. When the answer of a write is lost, the SDK repeats it and finds it refused: so the request knows its
 * own write again.
 */
const act = z.string().optional();

export const Hold = z.object({
  reason: z.string(),
  /** Consumer id, or `operator`. */
  placedBy: z.string(),
  placedAtMillis: z.number(),
  released: z.object({ by: z.string(), atMillis: z.number(), reason: z.string(), act }).optional(),
  act,
});
export type Hold = z.infer<typeof Hold>;

/** All holds of one experiment. S3 knows one flag for each object: it is on while any of them is not released. */
export const HeldEntity = z.object({
  eid: z.string(),
  /** Goes up with each write. */
  version: z.number().int(),
  holds: z.array(Hold),
  /** Whether every object of the experiment has the flag that this record asks for. */
  isSettled: z.boolean(),
  /** Runs of the keeper that may be setting flags of its objects, until they end or this time has come. */
  workers: z.array(z.object({ id: z.string(), untilMillis: z.number() })).optional(),
});
export type HeldEntity = z.infer<typeof HeldEntity>;

/** An item of DynamoDB has 400 KB, which these many fit with their releases, also where each character of their reasons has three bytes. */
export const mostHolds = 50;
export const longestReason = 1_000;

export const isHeld = (record: HeldEntity | undefined): boolean =>
  record?.holds.some(({ released }) => released === undefined) ?? false;

/** The holds of an experiment have the numbers from 1. No id of an experiment has a tilde. */
export const holdIdOf = (eid: string, number: number): string => `${eid}~${number}`;

export const parseHoldId = (id: string): { readonly eid: string; readonly number: number } | undefined => {
  const [, eid, number] = /^(.+)~([1-9]\d{0,2})$/.exec(id) ?? [];
  return eid === undefined ? undefined : { eid, number: Number(number) };
};

/** Port: the catalogue of holds. Reads see every write that was answered before, but for `list`. */
export interface HoldStore {
  readHeld(eid: string): Promise<HeldEntity | undefined>;
  /** Puts `after` in place of the record before it (`after.version - 1`; 1 = there is none yet). @returns false when another is there. */
  writeHeld(after: HeldEntity): Promise<boolean>;
  /** In the order of the ids of experiments. @param cursor the last id of the page before. */
  listHeld(limit: number, cursor?: string): Promise<{ readonly held: readonly HeldEntity[]; readonly cursor?: string }>;
}

/** Port: the flag of S3. */
export interface HeldObjects {
  /** @param versionId absent = the current version. @returns false when there is no such object. */
  setHold(key: string, versionId: string | undefined, isOn: boolean): Promise<boolean>;
}

const mostTries = 50;

/** Writes what `change` makes of the record; undefined = it stays. @returns the record afterwards. */
export const changeHeld = async (
  store: Pick<HoldStore, 'readHeld' | 'writeHeld'>,
  eid: string,
  change: (record: HeldEntity) => Partial<HeldEntity> | undefined,
): Promise<HeldEntity> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = (await store.readHeld(eid)) ?? { eid, version: 0, holds: [], isSettled: true };
    const changed = change(record);
    if (!changed) return record;
    const after = { ...record, ...changed, version: record.version + 1 };
    if (await store.writeHeld(after)) return after;
  }
  throw new Error('The holds are changed all the time');
};

const readsAtOnce = 25;

/** Those of these experiments that have a hold. */
export const heldAmong = async (
  store: Pick<HoldStore, 'readHeld'>,
  eids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const held = new Set<string>();
  for (let next = 0; next < eids.length; next += readsAtOnce)
    await Promise.all(
      eids.slice(next, next + readsAtOnce).map(async (eid) => {
        if (isHeld(await store.readHeld(eid))) held.add(eid);
      }),
    );
  return held;
};
