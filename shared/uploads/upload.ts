/**
 * Uploads of bodies that are too large for the gateway: the caller names a native operation, puts the bytes into a bucket
 * by a presigned URL, then asks the facade to forward them. The forward call answers with the native answer itself.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { changedNothing } from '../audit/certainty.ts';
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { RequestBody } from '../exchange/transport.ts';
import type { Clock } from '../time/clock.ts';
import type { Allowance } from './allowance.ts';
import type { Upload, UploadStore } from './upload-record.ts';

/** The upstream's own bound for its largest bodies (materials bulk import: 300 MiB). */
const mostUploadBytes = 300 * 1_048_576;
/** How long the presigned URL works. */
export const uploadUrlSeconds = 3_600;
/** How long an upload and its bytes are kept. */
export const uploadLifeSeconds = 86_400;

/** Port: the bytes. */
export interface UploadBytes {
  /** A URL that takes bodies of this size and type only, for a while, and the headers that must go with them. */
  presign(id: string, mediaType: string, sizeBytes: number): Promise<{ url: string; headers: Record<string, string> }>;
  /** The bytes as they were put; undefined when there are none. */
  open(id: string): Promise<Exclude<RequestBody, Uint8Array> | undefined>;
  remove(id: string): Promise<void>;
}

export const NewUpload = z
  .object({
    data: z.object({
      type: z.literal('upload'),
      attributes: z.strictObject({
        method: z.enum(['POST', 'PUT', 'PATCH']),
        path: z.string().max(8_192),
        mediaType: z.string().regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;[ -~]*)?$/, 'must be a media type'),
        sizeBytes: z.int().min(0).max(mostUploadBytes),
      }),
    }),
  })
  .meta({ id: 'NewUpload' });
export type NewUpload = z.infer<typeof NewUpload>['data']['attributes'];

const leaseEnded = (upload: Upload, nowMillis: number): boolean =>
  upload.state === 'forwarding' && (upload.leaseUntilMillis ?? 0) <= nowMillis;

/** A forward whose function died may have reached the upstream. */
export const currentState = (upload: Upload, nowMillis: number): Upload['state'] =>
  leaseEnded(upload, nowMillis) ? 'uncertain' : upload.state;

const stateAfter = (answerStatus: number): Upload['state'] => {
  if (answerStatus < 300) return 'forwarded';
  return answerStatus < 500 ? 'waiting' : 'uncertain';
};

const busy = (): AppError =>
  new AppError('UPLOAD_BUSY', {
    detail: 'Another call is forwarding it. Ask for its state and wait.',
    retryAfterSeconds: 5,
  });

/** The link is only in the answer that created the upload, and ends before the upload does. */
const noBytes = ({ createdAtMillis, state }: Upload, nowMillis: number): AppError => {
  const linkEndsAtMillis = createdAtMillis + uploadUrlSeconds * 1_000;
  const linkEndsAt = new Date(linkEndsAtMillis).toISOString();
  const inTime = `PUT the bytes to links.upload of the answer that created this upload, with its uploadHeaders, before ${linkEndsAt}; then forward.`;
  const tooLate = `No bytes came while the upload link worked; it ended at ${linkEndsAt}. Delete this upload and create a new one.`;
  // Bytes are removed once the upstream has taken them: the record of that was lost.
  const taken =
    'The bytes are gone, as they are once the tenant has taken them. Look in the tenant; to send them again, create a new upload.';
  const detail = nowMillis < linkEndsAtMillis ? inTime : tooLate;
  return new AppError('UPLOAD_EMPTY', { detail: state === 'waiting' ? detail : taken });
};

/** Whose uploads a caller sees: not those of another consumer that had the same id before. */
type Owner = Pick<Consumer, 'id' | 'incarnation'>;

const isOf = ({ consumerId, incarnation }: Upload, owner: Owner): boolean =>
  consumerId === owner.id && incarnation === owner.incarnation;

export type UploadParts = {
  readonly store: UploadStore;
  readonly bytes: UploadBytes;
  /** How many a consumer may have. */
  readonly allowance: Pick<Allowance, 'take' | 'release'>;
  readonly clock: Clock;
  /** Told of trouble that the caller must not suffer for: the native answer goes out all the same. */
  readonly warn: (trouble: string, cause: unknown) => void;
};

export const createUploads = ({ store, bytes, allowance, clock, warn }: UploadParts) => {
  /** @throws AppError UPLOAD_UNKNOWN also for another consumer's upload: its id tells nothing. */
  const find = async (id: string, owner: Owner): Promise<Upload> => {
    const upload = await store.read(id);
    if (upload && isOf(upload, owner) && upload.deleteAtSeconds * 1_000 > clock.nowMillis()) return upload;
    throw new AppError('UPLOAD_UNKNOWN', { detail: 'No upload of yours has this id. Uploads are kept for 24 hours.' });
  };

  const refuseUnlessForwardable = (upload: Upload, again: boolean): void => {
    const state = currentState(upload, clock.nowMillis());
    if (state === 'forwarding') throw busy();
    if (state === 'forwarded') {
      throw new AppError('UPLOAD_DONE', {
        detail: `The upstream answered ${upload.answerStatus}. Make a new upload to send the bytes again.`,
      });
    }
    if (state === 'uncertain' && !again) {
      throw new AppError('UPLOAD_UNCERTAIN', {
        detail:
          'The last try may have been carried out. Look in the tenant first; if nothing is there, forward with again=true.',
      });
    }
  };

  const replaceOrRefuse = async (before: Upload, after: Upload): Promise<Upload> => {
    if (await store.replace(before, after)) return after;
    throw busy();
  };

  /** A slot that is not freed here is found and freed when the consumer has no other left. */
  const release = (upload: Upload): Promise<void> =>
    allowance.release(upload).catch((cause: unknown) => warn('the slot of an upload was not freed', cause));

  return {
    find,

    /** @throws AppError UPLOAD_LIMIT. */
    async create(
      { id: consumerId, incarnation }: Owner,
      wanted: NewUpload,
    ): Promise<{ upload: Upload; url: string; headers: Record<string, string> }> {
      const nowMillis = clock.nowMillis();
      const upload: Upload = {
        id: randomBytes(18).toString('base64url'),
        consumerId,
        ...(incarnation === undefined ? {} : { incarnation }),
        ...wanted,
        state: 'waiting',
        createdAtMillis: nowMillis,
        deleteAtSeconds: Math.floor(nowMillis / 1_000) + uploadLifeSeconds,
      };
      await allowance.take(upload);
      try {
        await store.create(upload);
        return { upload, ...(await bytes.presign(upload.id, upload.mediaType, upload.sizeBytes)) };
      } catch (error) {
        await release(upload);
        throw error;
      }
    },

    /**
     * Sends the bytes by `send`, at most one call at a time, and records what came of it before the answer goes out.
     * @param leaseUntilMillis when this function will be dead at the latest.
     * @param mayHaveSent whether a `send` that has failed may have sent something, where its error does not tell.
     * @throws AppError UPLOAD_UNKNOWN, UPLOAD_EMPTY, UPLOAD_BUSY, UPLOAD_DONE, UPLOAD_UNCERTAIN, or what `send` throws.
     */
    async forward<Answer extends { readonly status: number }>(
      id: string,
      owner: Owner,
      again: boolean,
      leaseUntilMillis: number,
      send: (upload: Upload, body: RequestBody) => Promise<Answer>,
      mayHaveSent: () => boolean = () => true,
    ): Promise<Answer> {
      const before = await find(id, owner);
      refuseUnlessForwardable(before, again);
      const body = await bytes.open(id);
      if (!body) throw noBytes(before, clock.nowMillis());
      const leased = await replaceOrRefuse(before, { ...before, state: 'forwarding', leaseUntilMillis }).catch(
        (error: unknown) => {
          body.stream.destroy();
          throw error;
        },
      );
      /** A record that cannot be written stays `forwarding` until its lease ends, then counts as uncertain. */
      const settle = async (state: Upload['state'], answerStatus?: number): Promise<void> => {
        const { leaseUntilMillis: _ended, ...rest } = leased;
        const settled = { ...rest, state, ...(answerStatus === undefined ? {} : { answerStatus }) };
        await store
          .replace(leased, settled)
          .catch((cause: unknown) => warn('the outcome of an upload was not recorded', cause));
      };
      const answer = await send(leased, body).catch(async (error: unknown) => {
        body.stream.destroy();
        await settle(changedNothing(error) || !mayHaveSent() ? 'waiting' : 'uncertain');
        throw error;
      });
      const state = stateAfter(answer.status);
      await settle(state, answer.status);
      if (state !== 'forwarded') return answer;
      // Bytes that stay behind are removed by the bucket's lifecycle rule.
      await bytes.remove(id).catch((cause: unknown) => warn('forwarded bytes were not removed', cause));
      await release(leased);
      return answer;
    },

    /** Forgets the upload and its bytes. @throws AppError UPLOAD_UNKNOWN, UPLOAD_BUSY while it is being forwarded. */
    async remove(id: string, owner: Owner): Promise<void> {
      const upload = await find(id, owner);
      if (currentState(upload, clock.nowMillis()) === 'forwarding') refuseUnlessForwardable(upload, false);
      await bytes.remove(id);
      await store.remove(id);
      await release(upload);
    },
  };
};
export type Uploads = ReturnType<typeof createUploads>;
