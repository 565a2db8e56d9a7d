/**
 * Gaps: changes that the change sweep has seen and the tenant has no notification of. A change becomes a suspicion; a suspicion
 * that two pulls, minutes apart, have not explained, and the ledger does not either, becomes a notification marked `reconstructed`.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../time/clock.ts';
import type { Intake } from './intake.ts';
import type { Ledger } from './ledger.ts';
import type { Notification } from './notification.ts';
import type { PassWatcher } from './pull.ts';

/** A record as the listing of changes shows it. */
export type SeenChange = {
  readonly eid: string;
  readonly state?: string | undefined;
  readonly createdAtMillis?: number | undefined;
  readonly editedAtMillis?: number | undefined;
};

const kinds = ['create', 'close', 'reopen', 'void', 'archive'] as const;
export type ChangeKind = (typeof kinds)[number];

export type Suspicion = {
  readonly eid: string;
  readonly kind: ChangeKind;
  readonly changedAtMillis: number;
  readonly notedAtMillis: number;
  /** Whole pulls that looked far enough back and did not show it. */
  readonly misses: number;
  /** When the last of them began; undefined = there was none. */
  readonly missedAtMillis?: number | undefined;
};

/** Port. Both kinds of records expire by themselves after months. */
export interface GapStore {
  /** The state that was seen last; undefined = the record was never seen. */
  readState(eid: string): Promise<string | undefined>;
  writeState(eid: string, state: string): Promise<void>;
  /** Writes it in place of one of the same record, kind and instant. */
  suspect(suspicion: Suspicion): Promise<void>;
  suspicions(): Promise<readonly Suspicion[]>;
  clear(suspicion: Suspicion): Promise<void>;
}

/** What each kind is told by. After an unknown state a record that is closed may have been unarchived. */
const typesOf: Readonly<Record<ChangeKind, readonly string[]>> = {
  create: ['create'],
  close: ['close', 'sign', 'close_without_signing', 'unarchive'],
  reopen: ['reopen'],
  void: ['void'],
  archive: ['archive'],
};

/**
 * The types of entities whose creation the tenant tells of (guide 05: notebook, experiment, request, parallel and sub experiment,
 * ado, sample, task). Materials are told of too, and are in no listing of changes.
 */
const toldOf: ReadonlySet<string> = new Set([
  ...['journal', 'experiment', 'request', 'paraexp', 'parasubexp', 'ado', 'sample', 'task'],
]);
const typeOf = (eid: string): string => eid.slice(0, eid.indexOf(':'));

/** Kept for records that have no state, such as notebooks. */
const noState = 'none';

/**
 * The change of state that must have happened. Where the state before is not known a locked record has just been locked, as a rule:
 * nobody can edit one. Closed after archived is no closing.
 */
const kindOfState = (before: string | undefined, now: string): ChangeKind | undefined => {
  if (before === now) return undefined;
  if (now === 'closed') return before === 'archived' ? undefined : 'close';
  if (now === 'voided') return 'void';
  if (now === 'archived') return 'archive';
  return now === 'open' && before !== undefined && before !== noState ? 'reopen' : undefined;
};

/** Its notification may be a little earlier than the change. */
const marginMillis = 60_000;
const missesNeeded = 2;
/** Runs on demand follow each other closely. The tenant may list a notification late, so these count as one. */
const missesApartMillis = 240_000;
/** What is older was before the facade looked; at the most so far back a pull is made to look. */
const mostBackMillis = 7 * 86_400_000;
/** Of one run of the sweep: more is an import, whose notifications the pull brings by itself. */
const mostNoted = 500;

const isOf = (notification: Notification, { eid, kind, changedAtMillis }: Suspicion): boolean =>
  notification.entity === eid &&
  typesOf[kind].includes(notification.type) &&
  notification.createdAtMillis >= changedAtMillis - marginMillis;

const idOf = ({ eid, kind, changedAtMillis }: Suspicion): string =>
  `reconstructed-${createHash('sha256')
    .update(JSON.stringify([eid, kind, changedAtMillis]))
    .digest('hex')
    .slice(0, 32)}`;

/** In the native shape, as far as it is known: who did it is not. */
const toNotification = (suspicion: Suspicion, receivedAtMillis: number): Notification => {
  const { eid, kind, changedAtMillis } = suspicion;
  const id = idOf(suspicion);
  const createdAt = new Date(changedAtMillis).toISOString();
  const marks = { isDismissed: false, isRead: false, isFlagged: false, comment: null };
  const document = {
    data: {
      type: 'notification',
      id,
      attributes: { id, eid: id, type: kind, createdAt, ...marks },
      relationships: { entity: { data: { type: 'entity', id: eid } } },
    },
  };
  return {
    id,
    type: kind,
    entity: eid,
    createdAtMillis: changedAtMillis,
    receivedAtMillis,
    origin: 'reconstructed',
    document,
  };
};

type GapOptions = {
  readonly store: GapStore;
  readonly ledger: Pick<Ledger, 'list'>;
  readonly intake: Pick<Intake, 'takeExpectingKnown'>;
  readonly clock: Clock;
  /** Told how many were added. */
  readonly onReconstructed: (count: number) => void;
};

/** For the change sweep. */
export const createChangeNotes = (store: GapStore, clock: Clock) => ({
  /** @param sinceMillis from when on the sweep has listed changes, by the tenant's clock. */
  async note(changes: readonly SeenChange[], sinceMillis: number): Promise<void> {
    const nowMillis = clock.nowMillis();
    for (const { eid, state = noState, createdAtMillis = 0, editedAtMillis } of changes.slice(0, mostNoted)) {
      if (!toldOf.has(typeOf(eid))) continue;
      const before = await store.readState(eid);
      if (before === state) continue;
      const isNew = before === undefined && createdAtMillis >= sinceMillis;
      const suspect = (kind: ChangeKind | undefined, changedAtMillis: number): Promise<void> =>
        kind === undefined
          ? Promise.resolve()
          : store.suspect({ eid, kind, changedAtMillis, notedAtMillis: nowMillis, misses: 0 });
      if (isNew) await suspect('create', createdAtMillis);
      await suspect(kindOfState(before, state), editedAtMillis ?? nowMillis);
      // Last: what a crash leaves undone is found again by the next run, whose sweep overlaps.
      await store.writeState(eid, state);
    }
  },
});

/** For the pull. */
export const createGapWatcher = ({ store, ledger, intake, clock, onReconstructed }: GapOptions): PassWatcher => {
  let open: readonly Suspicion[] = [];
  let explained = new Set<Suspicion>();

  const isInLedger = async (suspicion: Suspicion): Promise<boolean> => {
    const range = {
      fromMillis: suspicion.changedAtMillis - marginMillis,
      untilMillis: clock.nowMillis() + 1,
      limit: 100,
    };
    let cursor: string | undefined;
    do {
      const page = await ledger.list({ ...range, order: 'oldest-first', cursor });
      if (page.entries.some(({ notification }) => isOf(notification, suspicion))) return true;
      cursor = page.cursor;
    } while (cursor !== undefined);
    return false;
  };

  /** @returns whether a notification was added. */
  const settle = async (suspicion: Suspicion, fromMillis: number, startMillis: number): Promise<boolean> => {
    if (explained.has(suspicion)) return store.clear(suspicion).then(() => false);
    const { missedAtMillis = Number.NEGATIVE_INFINITY } = suspicion;
    if (startMillis < missedAtMillis + missesApartMillis) return false;
    const looked = suspicion.notedAtMillis < startMillis && fromMillis <= suspicion.changedAtMillis - marginMillis;
    const isTooOld = suspicion.changedAtMillis < startMillis - mostBackMillis;
    if (!looked && !isTooOld) return false;
    const misses = suspicion.misses + 1;
    if (misses < missesNeeded)
      return store.suspect({ ...suspicion, misses, missedAtMillis: startMillis }).then(() => false);
    const isGap = !(await isInLedger(suspicion));
    if (isGap) await intake.takeExpectingKnown(toNotification(suspicion, clock.nowMillis()));
    await store.clear(suspicion);
    return isGap;
  };

  return {
    async begin() {
      open = await store.suspicions();
      explained = new Set();
      if (open.length === 0) return undefined;
      const oldest = Math.min(...open.map(({ changedAtMillis }) => changedAtMillis)) - marginMillis;
      return Math.max(oldest, clock.nowMillis() - mostBackMillis);
    },
    seen(notification) {
      for (const suspicion of open) if (isOf(notification, suspicion)) explained.add(suspicion);
    },
    async end({ fromMillis, startMillis }) {
      let added = 0;
      for (const suspicion of open) if (await settle(suspicion, fromMillis, startMillis)) added += 1;
      onReconstructed(added);
    },
  };
};
