/** A plan: the settings of the quota and the cache that a replay uses. What it leaves out is as the product has it. */
import * as z from 'zod';
import { type CachePolicy, defaultPolicy as defaultCachePolicy } from '../cache/policy.ts';
import { ConsumerId, isOwnId } from '../exchange/consumer.ts';
import { defaultProfile, type Priority, QuotaProfile } from '../exchange/quota-profile.ts';
import { defaultWaitingShare, type WaitingBound } from '../quota/places.ts';
import { defaultPolicy, QuotaPolicy } from '../quota/policy.ts';
import { bodyFaults, ownWords } from '../routes/faults.ts';

const millis = z.number().int().min(0).max(86_400_000);
const share = z.number().min(0).max(1);

const Profile = z.strictObject({
  ...QuotaProfile.partial().shape,
  caps: z.array(z.strictObject(QuotaProfile.shape.caps.element.shape)).max(3).optional(),
});

const everyConsumer = '*';
const ConsumerName = z
  .string()
  .refine(
    (name) => name === everyConsumer || isOwnId(name) || ConsumerId.safeParse(name).success,
    'must be the id of a consumer, * for every other one, or facade.<purpose>',
  );

/** The members of a file. Their names are those of shared/quota/policy.ts, exchange/quota-profile.ts and cache/policy.ts. */
export const WhatIfPlan = z.strictObject({
  /** The budget of all. */
  quota: z.strictObject(QuotaPolicy.partial().shape).optional(),
  /** Priority, weight (the share among waiting consumers) and caps by consumer. `*` stands for those that are not named. */
  consumers: z.record(ConsumerName, Profile).optional(),
  freshness: z
    .strictObject({
      boundMillis: millis.optional(),
      clockSkewMillis: millis.optional(),
      freshShares: z
        .strictObject({ entity: share, listing: share, search: share, reference: share })
        .partial()
        .optional(),
      negativeMillis: millis.optional(),
      mostMillis: millis.optional(),
    })
    .optional(),
  /** Executions that waiting calls may hold; left out: any number of calls may wait. */
  waiting: z
    .strictObject({ executions: z.number().int().min(1), share: z.number().gt(0).max(1).optional() })
    .optional(),
});
export type WhatIfPlan = z.infer<typeof WhatIfPlan>;

/** Either the plan or its faults: all of them, each with a JSON pointer. */
export const readPlan = (value: unknown): { readonly plan: WhatIfPlan } | { readonly faults: readonly string[] } => {
  const result = WhatIfPlan.safeParse(value, { error: ownWords });
  return result.success
    ? { plan: result.data }
    : { faults: bodyFaults(result.error.issues).map(({ detail = '' }) => detail) };
};

export const quotaPolicyOf = ({ quota }: WhatIfPlan): QuotaPolicy => ({ ...defaultPolicy, ...quota }) as QuotaPolicy;

export const cachePolicyOf = ({ freshness = {} }: WhatIfPlan): CachePolicy =>
  ({
    ...defaultCachePolicy,
    ...freshness,
    freshShares: { ...defaultCachePolicy.freshShares, ...freshness.freshShares },
  }) as CachePolicy;

export const boundOf = ({ waiting }: WhatIfPlan): WaitingBound | undefined =>
  waiting && { executions: waiting.executions, share: waiting.share ?? defaultWaitingShare, pool: 'native' };

/** @param logged the priority that the consumer had in the log. */
export const profileOf = (plan: WhatIfPlan, consumerId: string, logged: Priority | undefined): QuotaProfile => {
  const { consumers = {} } = plan;
  const planned = Object.hasOwn(consumers, consumerId)
    ? consumers[consumerId]
    : isOwnId(consumerId)
      ? {}
      : consumers[everyConsumer];
  return { ...defaultProfile, ...(logged ? { priority: logged } : {}), ...planned } as QuotaProfile;
};
