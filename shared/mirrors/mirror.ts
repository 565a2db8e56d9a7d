/** A mirror: another facade's hook, to which pushes of the tenant are forwarded. Mirrors are settings of the stage and nothing else. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isMalformed, readNotification } from '../notifications/read-notification.ts';
import { redact } from './redact.ts';

/** A notification with everything that a hook reads. */
const sample = {
  data: {
    type: 'notification',
    id: '1',
    attributes: { id: '1', type: 'close', createdAt: '2026-01-01T00:00:00.000Z' },
    relationships: { entity: { data: { type: 'entity', id: 'experiment:1' } } },
  },
};
const receipt = { origin: 'push', receivedAtMillis: Date.parse('2026-01-02T00:00:00.000Z') } as const;

/** Whether a hook can still read what the rules leave. */
const leaveReadable = (rules: readonly string[]): boolean => {
  const [whole, left] = [sample, redact(sample, rules)].map((document) => readNotification(document, receipt));
  if (!whole || !left || isMalformed(whole) || isMalformed(left)) return false;
  return (['id', 'type', 'entity', 'createdAtMillis'] as const).every((name) => whole[name] === left[name]);
};

/** A token (RFC 9110, 5.6.2) that no HTTP client or gateway uses for itself. */
const headerName =
  /^(?!(?:host|connection|content-.*|transfer-encoding|te|via|expect|x-amz.*|x-forwarded-.*)$)[\w-]{1,64}$/i;

export const Mirror = z.strictObject({
  /** Names its queue, its alarms and its header value. */
  name: z.string().regex(/^[a-z][a-z0-9]{0,19}$/),
  /** Of the hook: absolute, without a user, a query and a fragment. */
  url: z
    .string()
    .max(2_048)
    .refine((text) => URL.canParse(text) && isPlain(new URL(text))),
  /** Name of the header by which the other facade knows pushes. An operator sets its value (docs/pushes.md). */
  header: z.string().regex(headerName).toLowerCase(),
  /** Part of the pushes that it gets, above 0 up to 1. */
  share: z.number().gt(0).max(1).default(1),
  /** Native types; absent = every type. */
  types: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
  /** Fields that become null (redact.ts). None that a hook needs to read the push. */
  redact: z
    .array(
      z
        .string()
        .regex(/^[^.]+(\.[^.]+)*$/)
        .max(500),
    )
    .max(100)
    .refine(leaveReadable)
    .default([]),
});
export type Mirror = Readonly<z.infer<typeof Mirror>>;

const isPlain = ({ username, password, search, hash }: URL): boolean => `${username}${password}${search}${hash}` === '';

/** The names of the queues of more do not fit into the variables of the function `health` (test/infra/function-variables.test.ts). */
export const mostMirrors = 3;

export const Mirrors = z
  .array(Mirror)
  .max(mostMirrors)
  .refine((mirrors) => new Set(mirrors.map(({ name }) => name)).size === mirrors.length);

/** With the ARNs of its queues, as infra tells it to the functions that send to mirrors. They ignore whatever else is told. */
const MirrorToSendTo = z.object({ ...Mirror.shape, arn: z.string(), deadLettersArn: z.string() });
export const MirrorsToSendTo = z.array(MirrorToSendTo);
export type MirrorToSendTo = Readonly<z.infer<typeof MirrorToSendTo>>;

/** With their URLs too, as infra tells it to the function that forwards. */
export const MirrorsWithQueues = z.array(MirrorToSendTo.extend({ queueUrl: z.string(), deadLettersUrl: z.string() }));

const mostOf48Bits = 2 ** 48;

/** Whether a notification belongs to the share of a mirror: always the same answer for one notification. */
export const isInShare = ({ name, share }: Pick<Mirror, 'name' | 'share'>, id: string): boolean =>
  createHash('sha256').update(`${name}/${id}`).digest().readUIntBE(0, 6) < share * mostOf48Bits;
