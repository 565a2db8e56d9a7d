/** Replays, redrives, health and test events as JSON:API documents: `/v1/subscriptions/{subscriptionId}/...`, `/v1/events`. */

import * as z from 'zod';
import type { ErrorFault } from '../errors/app-error.ts';
import { keptDays } from '../notifications/ledger.ts';
import { toIso } from '../time/iso.ts';
import { dayMillis } from '../time/units.ts';
import type { Replay } from './replay-store.ts';

const instant = z.iso.datetime({ offset: true });

/** Body of `POST /v1/subscriptions/{subscriptionId}/replays`. */
export const NewReplay = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('replay'),
      attributes: z.strictObject({
        from: instant.describe(`Notifications received at this instant or later; at most ${keptDays} days back.`),
        until: instant.optional().describe('Received before this instant. Without it: until now.'),
        dryRun: z.boolean().default(false).describe('Counts only.'),
      }),
    }),
  })
  .meta({ id: 'NewReplay' });

/** Body of `POST /v1/subscriptions/{subscriptionId}/redrives`. */
export const NewRedrive = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('redrive'),
      attributes: z
        .strictObject({ dryRun: z.boolean().default(false).describe('Counts only.') })
        .default({ dryRun: false }),
    }),
  })
  .meta({ id: 'NewRedrive' });

const ReplayResource = z.strictObject({
  type: z.enum(['replay', 'redrive']),
  id: z.string(),
  attributes: z.strictObject({
    subscriptionId: z.string(),
    kind: z
      .enum(['replay', 'redrive', 'catch-up'])
      .describe('`catch-up`: what a subscription is owed because it began in the past or was paused.'),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    dryRun: z.boolean(),
    state: z.enum(['counting', 'sending', 'done', 'failed']),
    matching: z.int().describe('How many match; final once the state is no longer `counting`.'),
    sent: z.int(),
    refused: z.int().describe('Refused by the queue, and so among the dead letters.'),
    reason: z.string().optional().describe('Why it failed, waits, or had nothing to do.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
});
export const ReplayDocument = z
  .strictObject({ data: ReplayResource })
  .meta({ id: 'ReplayDocument', description: 'The replay or redrive.' });
export const ReplaysDocument = z
  .strictObject({ data: z.array(ReplayResource) })
  .meta({ id: 'ReplaysDocument', description: 'Replays and redrives of the last 30 days, the newest first.' });

export const SubscriptionHealthDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('subscription-health'),
      id: z.string(),
      attributes: z.strictObject({
        state: z
          .enum(['ok', 'degraded', 'failing'])
          .describe(
            '`degraded`: deliveries wait, or there are dead letters. `failing`: none of the last deliveries was sent.',
          ),
        pending: z.int().describe('Deliveries that wait for another attempt; 1,000 = or more.'),
        oldestUndeliveredAt: z.iso.datetime().optional().describe('Since when the oldest of them waits.'),
        reason: z.string().optional().describe('Why the oldest of them was not sent.'),
        deadLetters: z.int().describe('Of the last 14 days, not redriven yet; 1,000 = or more.'),
        recentDeliveries: z.int().describe('Deliveries among the last 200 notifications.'),
        failureRate: z.number().describe('Part of those that is not sent: 0 to 1.'),
        lastSentAt: z.iso.datetime().optional(),
      }),
    }),
  })
  .meta({ id: 'SubscriptionHealthDocument', description: 'How the subscription fares.' });

/** Body of `POST /v1/events`. */
export const TestEvent = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('event'),
      attributes: z.strictObject({
        type: z.string().min(1).max(100).describe('Native type, such as `close`.'),
        entity: z.string().min(1).max(256).describe('Id of the entity, known or not.'),
        data: z.record(z.string(), z.unknown()).default({}).describe('In place of the native document.'),
      }),
    }),
  })
  .meta({ id: 'TestEvent' });
export const TestEventDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('event'),
      id: z.string(),
      attributes: z.strictObject({
        event: z.record(z.string(), z.unknown()).describe('As it was sent.'),
        deliveries: z.array(
          z.strictObject({
            subscriptionId: z.string(),
            outcome: z.enum(['sent', 'not-sent', 'no-match', 'not-active']),
            messageId: z.string().optional(),
            reason: z.string().optional(),
          }),
        ),
      }),
    }),
  })
  .meta({ id: 'TestEventDocument', description: 'To which of your subscriptions the event was sent.' });

const toResource = (replay: Replay): z.input<typeof ReplayResource> => ({
  type: replay.kind === 'redrive' ? 'redrive' : 'replay',
  id: replay.id,
  attributes: {
    subscriptionId: replay.subscriptionId,
    kind: replay.kind,
    from: toIso(replay.fromMillis),
    until: toIso(replay.untilMillis),
    dryRun: replay.isDryRun,
    state: replay.state,
    matching: replay.matching,
    sent: replay.sent,
    refused: replay.refused,
    ...(replay.reason === undefined ? {} : { reason: replay.reason }),
    createdAt: toIso(replay.createdAtMillis),
    updatedAt: toIso(replay.updatedAtMillis),
  },
});
export const toReplayDocument = (replay: Replay) => ({ data: toResource(replay) });
export const toReplaysDocument = (replays: readonly Replay[]) => ({ data: replays.map(toResource) });

/** What is wrong with the range of a replay; undefined = nothing is. */
export const faultOfRange = (fromMillis: number, untilMillis: number, nowMillis: number): ErrorFault | undefined => {
  const at = (name: string, text: string): ErrorFault => {
    const pointer = `/data/attributes/${name}`;
    return { detail: `${pointer}: ${text}.`, source: { pointer } };
  };
  if (untilMillis <= fromMillis) return at('until', 'must be after `from`');
  if (untilMillis > nowMillis) return at('until', 'must not be in the future');
  if (fromMillis < nowMillis - keptDays * dayMillis)
    return at('from', `must be at most ${keptDays} days back: older notifications are not kept`);
  return undefined;
};
