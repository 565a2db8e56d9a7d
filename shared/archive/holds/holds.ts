/** Places and releases legal holds. They are written down here; the keeper sets the flags of S3. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import { isArchived } from '../orders.ts';
import { changeHeld, type HeldEntity, type Hold, type HoldStore, mostHolds, parseHoldId } from './hold-record.ts';

export type HoldsParts = {
  readonly holds: HoldStore;
  /** Whether the bucket has Object Lock: without it S3 knows no holds. */
  readonly hasLocks: boolean;
  readonly nowMillis: () => number;
};

/** One hold with its experiment and its number there. `isApplied` = every object has the flag that the holds of the experiment ask for. */
export type NumberedHold = Hold & { readonly eid: string; readonly number: number; readonly isApplied: boolean };

/** Experiments of one page. */
const heldOfPage = 100;

const numbered = ({ eid, holds, isSettled }: HeldEntity): NumberedHold[] =>
  holds.map((hold, index) => ({ ...hold, eid, number: index + 1, isApplied: isSettled }));

const unknown = (): AppError => new AppError('HOLD_UNKNOWN', { detail: 'No hold has this id.' });

const pick = (record: HeldEntity | undefined, number: number): NumberedHold => {
  const hold = record && numbered(record)[number - 1];
  if (!hold) throw unknown();
  return hold;
};

const parse = (id: string) => {
  const parsed = parseHoldId(id);
  if (!parsed) throw unknown();
  return parsed;
};

export const createHolds = ({ holds, hasLocks, nowMillis }: HoldsParts) => ({
  /** @throws AppError HOLD_REFUSED for what is no experiment, in a stage without locks, and above the most holds. */
  async place(eid: string, reason: string, placedBy: string): Promise<NumberedHold> {
    const refuse = (detail: string): AppError => new AppError('HOLD_REFUSED', { detail });
    if (!hasLocks) throw refuse('The archive of this stage has no Object Lock, so S3 cannot hold its objects.');
    if (!isArchived(eid)) throw refuse('Only experiments are archived.');
    const hold: Hold = { reason, placedBy, placedAtMillis: nowMillis(), act: randomUUID() };
    const record = await changeHeld(holds, eid, ({ holds: before }) => {
      if (before.some(({ act }) => act === hold.act)) return undefined;
      if (before.length >= mostHolds) throw refuse(`The experiment has had ${mostHolds} holds, which is the most.`);
      return { holds: [...before, hold], isSettled: false };
    });
    return pick(record, record.holds.findIndex(({ act }) => act === hold.act) + 1);
  },
  /** @throws AppError HOLD_UNKNOWN, HOLD_RELEASED */
  async release(id: string, reason: string, by: string): Promise<NumberedHold> {
    const { eid, number } = parse(id);
    pick(await holds.readHeld(eid), number);
    const released: Hold['released'] = { by, atMillis: nowMillis(), reason, act: randomUUID() };
    const record = await changeHeld(holds, eid, ({ holds: before }) => {
      const known = before[number - 1]?.released;
      if (known?.act === released.act) return undefined;
      if (known) throw new AppError('HOLD_RELEASED', { detail: 'The hold was released before.' });
      const after = before.map((hold, index) => (index === number - 1 ? { ...hold, released } : hold));
      return { holds: after, isSettled: false };
    });
    return pick(record, number);
  },
  /** @throws AppError HOLD_UNKNOWN */
  async read(id: string): Promise<NumberedHold> {
    const { eid, number } = parse(id);
    return pick(await holds.readHeld(eid), number);
  },
  /** The holds of one experiment, or of a page of experiments. */
  async list(eid: string | undefined, cursor?: string) {
    if (eid === undefined) {
      const page = await holds.listHeld(heldOfPage, cursor);
      return { holds: page.held.flatMap(numbered), cursor: page.cursor };
    }
    const record = await holds.readHeld(eid);
    return { holds: record ? numbered(record) : [], cursor: undefined };
  },
});
export type Holds = ReturnType<typeof createHolds>;
