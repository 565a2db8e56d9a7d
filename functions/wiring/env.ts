/** Reads a function's environment once, at cold start, and names every bad variable at once. notification-env.ts has more schemas. */
import * as z from 'zod';
import { defaultPurgeBounds } from '../../shared/cache/purge-limit.ts';
import { variables } from '../../shared/config/names.ts';
import { OidcIssuersText } from '../../shared/consumers/oidc/issuer.ts';
import { CorsOrigins } from '../../shared/http/cors.ts';
import { AddedHeaders } from '../../shared/http/forwarded-headers.ts';
import { parseLenient } from '../../shared/json/parse-lenient.ts';
import { defaultBookingBounds } from '../../shared/quota/booking.ts';

export const text = z.string().min(1);

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && url.origin === text && ['http:', 'https:'].includes(url.protocol);
};

/** Variables of every function. Each schema of a function has them: `patienceOf` reads the patience of any house. */
export const everyFunction = {
  [variables.stage]: text,
  [variables.storePatience]: z.coerce.number().min(1).max(100).optional(),
};

/** Variables of functions that callers reach, or that call the upstream. */
export const CommonEnv = z.object({
  ...everyFunction,
  [variables.publicUrl]: z.union([
    z.literal(''),
    z.url().refine((url) => !url.endsWith('/'), 'must not end in a slash'),
  ]),
  [variables.corsOrigins]: CorsOrigins.optional(),
});

/** What the function of /openapi.json and /docs needs. */
export const DocumentsEnv = CommonEnv.extend({ [variables.seedAliases]: z.enum(['on', 'off']).default('off') });

const origin = z.string().refine(isOrigin, 'must be an http or https origin, without a path');

/** Variables of functions that handle the tenant's answers and links. */
export const tenant = { [variables.signalsUrl]: origin };

export const consumersTable = { [variables.consumersTable]: text };

/** What a function needs to identify callers. */
export const IdentityEnv = z.object({
  ...consumersTable,
  [variables.oidcIssuers]: OidcIssuersText.default([]),
  [variables.keyUse]: z.enum(['note', 'ignore']).default('ignore'),
});

const budget = {
  [variables.quotaTable]: text,
  [variables.tenantRequestsPerMinute]: z.coerce.number().int().min(1),
  [variables.quotaDirectShare]: z.coerce.number().min(0).max(0.95).default(0),
  [variables.quotaReservedShare]: z.coerce.number().min(0).max(1).default(0.25),
};

/** What a function needs to send events of the facade; with the ingress queue, to subscriptions too. */
export const FacadeEventsEnv = z.object({
  [variables.stage]: text,
  [variables.operationsQueueUrl]: z.url(),
  [variables.ingressQueueUrl]: z.url().optional(),
});

const requestsTable = { [variables.requestsTable]: text };

/** What a function needs to call the upstream with any credential. */
export const CallsEnv = CommonEnv.extend({
  ...requestsTable,
  ...FacadeEventsEnv.shape,
  ...tenant,
  ...budget,
  [variables.quotaMode]: z.enum(['enforce', 'shadow']).default('enforce'),
  [variables.quotaWhenStoreFails]: z.enum(['refuse', 'admit']).default('refuse'),
  [variables.quotaWaitingExecutions]: z.coerce.number().int().min(1).optional(),
  [variables.quotaWaitingShare]: z.coerce.number().gt(0).max(1).optional(),
  [variables.quotaWaitingPool]: text.optional(),
  [variables.upstreamFirstByteSeconds]: z.coerce.number().int().min(1).max(840),
});

/** What a function needs to read the API keys of the upstream. */
export const vault = { [variables.credentialsTable]: text, [variables.credentialsKey]: text };

const cacheState = { [variables.cache]: z.enum(['on', 'off']).default('on'), [variables.cacheTable]: text };

/** What a function needs to call the upstream with the facade's keys and to maintain the cache. */
const UpstreamEnv = CallsEnv.extend({ ...vault, ...cacheState });

/** What a function needs to record writes and acts in the audit log. */
export const AuditWriterEnv = z.object({
  [variables.auditTable]: text,
  [variables.auditRetentionDays]: z.coerce.number().int().min(1),
  [variables.auditWhenStoreFails]: z.enum(['refuse', 'admit']).default('refuse'),
});

/** What a function needs to replay first answers (idempotency keys). */
export const IdempotencyEnv = z.object({
  [variables.idempotencyTable]: text,
  [variables.idempotencyHours]: z.coerce.number().int().min(1),
});

/** What a function needs to call the upstream as a person, and to name the page where the person links a token. */
export const UserTokensEnv = z.object({
  [variables.tokensTable]: text,
  [variables.credentialsKey]: text,
  [variables.oauthClientId]: z.string().default(''),
});

const samplesTable = { [variables.samplesTable]: text };

/** What the function of /oauth and /v1/me/token needs. */
export const TokensEnv = CallsEnv.extend({
  ...UserTokensEnv.shape,
  ...IdentityEnv.shape,
  [variables.oauthResponseType]: z.enum(['token', 'code']).default('token'),
  [variables.oauthScope]: z.string().default(''),
  [variables.oauthAuthorizePath]: text,
  [variables.oauthTokenPath]: z.string().default(''),
  [variables.oauthWithoutState]: z.enum(['refuse', 'accept']).default('refuse'),
  ...cacheState,
  ...samplesTable,
  ...AuditWriterEnv.shape,
});

/** What the function that touches idle tokens needs. */
export const KeepAliveEnv = CallsEnv.extend({
  ...UserTokensEnv.shape,
  ...consumersTable,
  [variables.tokenTouchHours]: z.coerce.number().min(1),
});

/** What a function needs to bound the large answers in flight; the slots are in the quota table. */
export const LargeAnswersEnv = z.object({
  [variables.quotaTable]: text,
  [variables.largeAnswersPerConsumer]: z.coerce.number().int().min(1),
  [variables.largeAnswersInAll]: z.coerce.number().int().min(1),
  [variables.largeAnswersPool]: text,
});

/** What a function needs to call the upstream for a consumer. */
export const NativeEnv = UpstreamEnv.extend({
  ...LargeAnswersEnv.shape,
  ...IdentityEnv.shape,
  [variables.cacheBucket]: text,
  /** 0: none. */
  [variables.cacheMemoryMiB]: z.coerce.number().min(0).optional(),
  [variables.requestLog]: z.enum(['on', 'off']).default('on'),
  [variables.addedHeaders]: AddedHeaders.default([]),
  [variables.documentMostDecodedMiB]: z.coerce.number().int().min(8).default(64),
  [variables.slowReaderSeconds]: z.coerce.number().int().min(1).default(30),
  ...AuditWriterEnv.shape,
  ...IdempotencyEnv.shape,
  ...UserTokensEnv.shape,
});

/** What the function of /v1/consumers needs. */
export const ConsumersEnv = CommonEnv.extend({
  ...IdentityEnv.shape,
  ...AuditWriterEnv.shape,
  ...IdempotencyEnv.shape,
});

/** What the function of /v1/cache needs. */
export const CacheEnv = CommonEnv.extend({
  ...tenant,
  ...IdentityEnv.shape,
  [variables.cacheTable]: text,
  [variables.cachePurgesPerMinute]: z.coerce.number().int().min(1).default(defaultPurgeBounds.wide),
  [variables.cacheEntityPurgesPerMinute]: z.coerce.number().int().min(1).default(defaultPurgeBounds.entity),
  ...AuditWriterEnv.shape,
});

/** What the function of /v1/credentials needs. */
export const CredentialsEnv = CallsEnv.extend({
  ...IdentityEnv.shape,
  ...vault,
  [variables.credentialPoolSize]: z.coerce.number().int().min(1),
  ...AuditWriterEnv.shape,
});

/** What the function of /v1/quota needs. */
export const QuotaEnv = CommonEnv.extend({
  ...IdentityEnv.shape,
  ...budget,
  [variables.bookingsPerConsumer]: z.coerce.number().int().min(1).default(defaultBookingBounds.perConsumer),
  [variables.bookingConsumerShare]: z.coerce.number().gt(0).max(1).default(defaultBookingBounds.consumerShare),
  [variables.bookingDays]: z.coerce.number().int().min(1).default(defaultBookingBounds.longestDays),
  [variables.bookingsInAll]: z.coerce.number().int().min(1).max(1_000).default(defaultBookingBounds.inAll),
  ...AuditWriterEnv.shape,
  ...IdempotencyEnv.shape,
});

export const notificationsTable = { [variables.notificationsTable]: text };
export const ingress = { [variables.ingressQueueUrl]: z.url() };

/** What the change sweep needs; with the table of notifications it looks for gaps, with that of registrations for changed samples. */
export const SweepEnv = UpstreamEnv.extend({
  [variables.notificationsTable]: text.optional(),
  [variables.samplesTable]: text.optional(),
});

/** What the function of /v1/samples needs. */
export const SamplesEnv = NativeEnv.extend(samplesTable);

/** What the check of registered samples needs. */
export const SampleCheckEnv = CallsEnv.extend({ ...vault, ...samplesTable });

/** What the function of /v1/audit needs. */
export const AuditEnv = CommonEnv.extend({ ...IdentityEnv.shape, [variables.auditTable]: text });

/** What the function of /v1/requests needs. */
export const RequestsEnv = CommonEnv.extend({ ...IdentityEnv.shape, ...requestsTable });

/** The URL of one queue, and what is told of each: its title, its name, and that of its dead-letter queue. */
const QueueNames = z.object({ like: z.url(), names: z.array(z.tuple([z.string(), z.string(), z.string()])) });

/** All queues are of one account and region, so their URLs differ in the name at the end only. */
const Queues = z.preprocess(parseLenient, QueueNames).transform(({ like, names }) =>
  names.map(([name, queueName, deadLettersName]) => ({
    name,
    queueUrl: new URL(queueName, like).href,
    deadLettersUrl: new URL(deadLettersName, like).href,
  })),
);

/** What the function of /v1/health needs: it looks at what others own. */
export const HealthEnv = CommonEnv.extend({
  ...IdentityEnv.shape,
  ...tenant,
  ...notificationsTable,
  ...requestsTable,
  ...cacheState,
  [variables.quotaTable]: text,
  [variables.credentialsTable]: text,
  [variables.archiveTable]: text,
  // During a deployment, new code may run with the old variables.
  [variables.queues]: Queues.default([]),
});

const exportStores = {
  [variables.exportsTable]: text,
  [variables.exportsBucket]: text,
  [variables.exportsAtATime]: z.coerce.number().int().min(1).default(4),
};

export const archiveTable = { [variables.archiveTable]: text };
export const archiveStores = { ...archiveTable, [variables.archiveBucket]: text };

/** `none`, or mode and years. */
export const ArchiveLock = z
  .union([z.literal('none'), z.templateLiteral([z.enum(['GOVERNANCE', 'COMPLIANCE']), ' ', z.int()])])
  .transform((lock) => {
    const [mode, years] = lock.split(' ');
    return lock === 'none' ? undefined : { mode: mode as 'GOVERNANCE' | 'COMPLIANCE', years: Number(years) };
  });

/** What seals the chains of the archive. */
export const archiveSeal = {
  ...archiveStores,
  [variables.archiveLock]: ArchiveLock,
  [variables.archiveSigningKey]: text,
  [variables.archiveSealMinutes]: z.coerce.number().int().min(1),
};

/** What the durable function that makes exports and carries out orders of the archive needs. */
export const JobsEnv = CallsEnv.extend({
  ...vault,
  ...exportStores,
  ...archiveSeal,
  /** Set by Lambda. */
  AWS_LAMBDA_FUNCTION_NAME: text,
});

/** What the function of /v1/exports needs. */
export const ExportsEnv = NativeEnv.extend({
  ...exportStores,
  [variables.exportsPerConsumer]: z.coerce.number().int().min(1).default(50),
  [variables.jobsFunction]: text,
});

/** What the function of /v1/uploads needs. */
export const UploadsEnv = NativeEnv.extend({
  [variables.uploadsTable]: text,
  [variables.uploadsBucket]: text,
  [variables.uploadsMostOpen]: z.coerce.number().int().min(1).default(20),
  [variables.uploadsMostGiBPerDay]: z.coerce.number().int().min(1).default(20),
});

export type FacadeEventsEnv = z.infer<typeof FacadeEventsEnv>;
export type IdentityEnv = z.infer<typeof IdentityEnv>;
export type CallsEnv = z.infer<typeof CallsEnv>;
type UpstreamEnv = z.infer<typeof UpstreamEnv>;
export type AuditWriterEnv = z.infer<typeof AuditWriterEnv>;
export type IdempotencyEnv = z.infer<typeof IdempotencyEnv>;
export type UserTokensEnv = z.infer<typeof UserTokensEnv>;
export type TokensEnv = z.infer<typeof TokensEnv>;
export type KeepAliveEnv = z.infer<typeof KeepAliveEnv>;
export type LargeAnswersEnv = z.infer<typeof LargeAnswersEnv>;
export type NativeEnv = z.infer<typeof NativeEnv>;
export type UploadsEnv = z.infer<typeof UploadsEnv>;
export type ArchiveTableEnv = Pick<JobsEnv, 'ARCHIVE_TABLE'>;
export type JobsEnv = z.infer<typeof JobsEnv>;
export type ExportsEnv = z.infer<typeof ExportsEnv>;
export type ExportStoresEnv = Pick<JobsEnv, 'EXPORTS_TABLE' | 'EXPORTS_BUCKET' | 'EXPORTS_AT_A_TIME' | 'STAGE'>;
export type SweepEnv = z.infer<typeof SweepEnv>;
export type SamplesTableEnv = Pick<z.infer<typeof SamplesEnv>, 'SAMPLES_TABLE' | 'STORE_PATIENCE'>;
export type HealthEnv = z.infer<typeof HealthEnv>;
export type PatienceEnv = Pick<CallsEnv, 'STORE_PATIENCE'>;
/** What parts of several functions need. */
export type ConsumersTableEnv = Pick<IdentityEnv, 'CONSUMERS_TABLE'>;
export type EnvelopeEnv = Pick<UpstreamEnv, 'CREDENTIALS_KEY' | 'STORE_PATIENCE'>;
export type VaultEnv = Pick<UpstreamEnv, 'CREDENTIALS_TABLE' | 'CREDENTIALS_KEY'>;
export type TenantEnv = Pick<CallsEnv, 'SIGNALS_URL'> &
  Partial<Pick<NativeEnv, 'ADDED_HEADERS' | 'DOCUMENT_MOST_DECODED_MIB'>>;
export type CacheTableEnv = TenantEnv & Pick<UpstreamEnv, 'CACHE_TABLE'>;
export type RequestsTableEnv = Pick<CallsEnv, 'REQUESTS_TABLE'>;
export type QuotaTableEnv = Pick<CallsEnv, 'QUOTA_TABLE'>;
export type BudgetEnv = Pick<
  CallsEnv,
  'QUOTA_TABLE' | 'TENANT_REQUESTS_PER_MINUTE' | 'QUOTA_DIRECT_SHARE' | 'QUOTA_RESERVED_SHARE'
>;
export type GovernorEnv = BudgetEnv &
  Pick<
    CallsEnv,
    'QUOTA_MODE' | 'QUOTA_WHEN_STORE_FAILS' | 'QUOTA_WAITING_EXECUTIONS' | 'QUOTA_WAITING_SHARE' | 'QUOTA_WAITING_POOL'
  >;
export type AnswerCacheEnv = CacheTableEnv &
  GovernorEnv &
  Pick<NativeEnv, 'CACHE' | 'CACHE_BUCKET' | 'CACHE_MEMORY_MIB'>;
export type RequestLogEnv = Pick<NativeEnv, 'REQUEST_LOG' | 'REQUESTS_TABLE'>;

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
