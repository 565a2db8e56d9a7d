/** Reads a function's environment once, at cold start, and names every bad variable at once. */
import * as z from 'zod';
import { variables } from './names.ts';

const text = z.string().min(1);

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && url.origin === text && ['http:', 'https:'].includes(url.protocol);
};

/** What every function gets. */
export const CommonEnv = z.object({
  [variables.stage]: text,
  [variables.publicUrl]: z.union([
    z.literal(''),
    z.url().refine((url) => !url.endsWith('/'), 'must not end in a slash'),
  ]),
});

const origin = z.string().refine(isOrigin, 'must be an http or https origin, without a path');

const quota = {
  [variables.quotaTable]: text,
  [variables.tenantRequestsPerMinute]: z.coerce.number().int().min(1),
};

/** What a function needs to call the upstream and to look after what is cached of it. */
export const UpstreamEnv = CommonEnv.extend({
  [variables.signalsUrl]: origin,
  [variables.credentialsTable]: text,
  [variables.credentialsKey]: text,
  [variables.cache]: z.enum(['on', 'off']).default('off'),
  [variables.cacheTable]: text,
  [variables.cacheBucket]: text,
  ...quota,
  [variables.quotaMode]: z.enum(['enforce', 'shadow']).default('enforce'),
  [variables.quotaWhenStoreFails]: z.enum(['refuse', 'admit']).default('refuse'),
  [variables.upstreamFirstByteSeconds]: z.coerce.number().int().min(1).max(840),
});

/** What a function needs to call the upstream for a consumer. */
export const NativeEnv = UpstreamEnv.extend({
  [variables.consumersTable]: text,
});

/** What the function of /v1/cache needs. */
export const CacheEnv = CommonEnv.extend({
  [variables.signalsUrl]: origin,
  [variables.consumersTable]: text,
  [variables.cacheTable]: text,
});

/** What the function of /v1/quota needs. */
export const QuotaEnv = CommonEnv.extend({ [variables.consumersTable]: text, ...quota });

export const UploadsEnv = NativeEnv.extend({ [variables.uploadsTable]: text, [variables.uploadsBucket]: text });

/** @throws Error with one line per bad variable. Values are not shown: some are secret in other settings. */
export const parseEnv = <Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> => {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment of this function is wrong:\n${lines.join('\n')}`);
};
