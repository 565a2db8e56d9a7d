/** How much of uploads a consumer may have: so many open at a time, so many bytes announced in a day, over all instances. */

import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { dayMillis } from '../time/units.ts';
import type { Upload, UploadStore } from './upload-record.ts';

const gibibyte = 1_073_741_824;
/** A slot that was taken longer ago, and has no record, belongs to a call that died in between. */
const graceMillis = 60_000;
const mostTries = 3;

export type UploadLimits = {
  readonly mostOpen: number;
  /** Of the sizes that are announced from midnight to midnight, UTC. */
  readonly mostBytesPerDay: number;
};

export type OpenUpload = {
  readonly id: string;
  /** When it ends by itself. */
  readonly expiresAtSeconds: number;
  readonly createdAtMillis: number;
};

/** What a consumer has open, and what it has announced on one day. */
export type Tally = { readonly open: readonly OpenUpload[]; readonly day: string; readonly bytes: number };

/** Port: one record for each owner. */
export interface AllowanceStore {
  /**
   * Counts the upload as open and its bytes to the day, such as `2026-03-01`. False, and nothing is counted, when one of the
   * limits would be exceeded. Atomic: two callers never both get the last slot. An earlier day counts no more, and a
   * caller whose clock is behind never brings it back. Safe to repeat: an upload that is open is not counted again, and the
   * answer is true.
   */
  take(
    owner: string,
    upload: OpenUpload & { readonly sizeBytes: number },
    day: string,
    limits: UploadLimits,
  ): Promise<boolean>;
  read(owner: string): Promise<Tally>;
  /** Frees the slots. Safe to repeat; the bytes of the day stay counted. */
  release(owner: string, uploads: readonly OpenUpload[]): Promise<void>;
}

const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10);
const endOfDayMillis = (day: string): number => Date.parse(`${day}T00:00:00Z`) + dayMillis;
const inGiB = (bytes: number): string => `${Math.round((bytes / gibibyte) * 100) / 100} GiB`;

/** A consumer whose id is created again has an allowance of its own: it neither sees nor can delete what its predecessor has open. */
const ownerOf = ({ consumerId, incarnation }: Pick<Upload, 'consumerId' | 'incarnation'>): string =>
  incarnation === undefined ? consumerId : `${consumerId}#${incarnation}`;

const openUploadOf = ({ id, deleteAtSeconds, createdAtMillis }: Upload): OpenUpload => ({
  id,
  expiresAtSeconds: deleteAtSeconds,
  createdAtMillis,
});

export const createAllowance = (
  store: AllowanceStore,
  uploads: Pick<UploadStore, 'read'>,
  clock: Clock,
  limits: UploadLimits,
) => {
  const secondsUntil = (millis: number): number => Math.max(1, Math.ceil((millis - clock.nowMillis()) / 1_000));

  const tooManyOpen = (open: readonly OpenUpload[]): AppError => {
    const [oldest] = open.toSorted((a, b) => a.expiresAtSeconds - b.expiresAtSeconds);
    const endsAtMillis = (oldest?.expiresAtSeconds ?? 0) * 1_000;
    return new AppError('UPLOAD_LIMIT', {
      detail: `${open.length} uploads of yours are open, and at most ${limits.mostOpen} may be. Forward or delete one; the oldest, ${oldest?.id}, ends by itself at ${new Date(endsAtMillis).toISOString()}.`,
      retryAfterSeconds: secondsUntil(endsAtMillis),
    });
  };

  const tooManyBytes = ({ bytes, day }: Tally, sizeBytes: number): AppError =>
    new AppError('UPLOAD_LIMIT', {
      detail: `With ${inGiB(sizeBytes)} more, the uploads that you have announced on ${day} (UTC) would have ${inGiB(bytes + sizeBytes)}; at most ${inGiB(limits.mostBytesPerDay)} a day are taken. The next day begins at ${new Date(endOfDayMillis(day)).toISOString()}.`,
      retryAfterSeconds: secondsUntil(endOfDayMillis(day)),
    });

  /** Why there is no room; undefined when there is, because something ended meanwhile. */
  const refusalOf = (tally: Tally, sizeBytes: number): AppError | undefined => {
    if (tally.open.length >= limits.mostOpen) return tooManyOpen(tally.open);
    const counts = tally.day >= dayOf(clock.nowMillis());
    return counts && tally.bytes + sizeBytes > limits.mostBytesPerDay ? tooManyBytes(tally, sizeBytes) : undefined;
  };

  /** Also what ended while its function was killed before it could free the slot. */
  const hasEnded = async ({ id, expiresAtSeconds, createdAtMillis }: OpenUpload): Promise<boolean> => {
    if (expiresAtSeconds * 1_000 <= clock.nowMillis()) return true;
    const upload = await uploads.read(id);
    return upload === undefined ? createdAtMillis + graceMillis <= clock.nowMillis() : upload.state === 'forwarded';
  };

  const endedIn = async (open: readonly OpenUpload[]): Promise<OpenUpload[]> => {
    const ended = await Promise.all(open.map(hasEnded));
    return open.filter((_upload, index) => ended[index]);
  };

  return {
    /** Counts a new upload, before its record is written. @throws AppError UPLOAD_LIMIT that names the limit. */
    async take(upload: Upload): Promise<void> {
      const [owner, { sizeBytes }] = [ownerOf(upload), upload];
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const wanted = { ...openUploadOf(upload), sizeBytes };
        if (await store.take(owner, wanted, dayOf(clock.nowMillis()), limits)) return;
        const tally = await store.read(owner);
        const ended = await endedIn(tally.open);
        const refusal = refusalOf(tally, sizeBytes);
        if (ended.length > 0) await store.release(owner, ended);
        else if (refusal) throw refusal;
      }
      throw new AppError('UPLOAD_LIMIT', {
        detail: `Many uploads of yours begin at the same time; at most ${limits.mostOpen} may be open.`,
        retryAfterSeconds: 1,
      });
    },

    /** Frees the slot of an upload that has ended. */
    release: (upload: Upload): Promise<void> => store.release(ownerOf(upload), [openUploadOf(upload)]),
  };
};
export type Allowance = ReturnType<typeof createAllowance>;
