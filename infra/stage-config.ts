/**
 * What differs between stages: the one file to edit before a deployment. It holds no secret and never shall: the Signals
 * API key and the consumers' keys are put into the running stage (docs/deploy.md).
 *
 * Any value can be overridden without an edit, in this order: CDK context (`-c tenantUrl=https://...`), environment
 * (`FACADE_TENANT_URL=https://...`, the field's name in capitals), this file.
 */
import * as z from 'zod';
import { defaultPurgeBounds } from '../shared/cache/purge-limit.ts';
import { nearestOf } from '../shared/consumers/nearest.ts';
import { OidcIssuers } from '../shared/consumers/oidc/issuer.ts';
import { commaList } from '../shared/http/comma-list.ts';
import { CorsOrigins } from '../shared/http/cors.ts';
import { AddedHeaders } from '../shared/http/forwarded-headers.ts';
import { defaultBookingBounds } from '../shared/quota/booking.ts';
import { defaultWaitingShare } from '../shared/quota/places.ts';
import { functionNames } from './function-names.ts';

/** Values as written below; strings from context or environment are read by the same schema. */
const stages = {
  dev: {
    tenantUrl: 'https://snb.example.com',
    region: 'us-east-1',
    logRetentionDays: 14,
    dataRetention: 'delete',
  },
  prod: {
    tenantUrl: 'https://snb.example.com',
    region: 'us-east-1',
    logRetentionDays: 180,
    dataRetention: 'keep',
    accountConcurrency: 1_000,
    // Those that anybody can keep busy are capped; administration has what they leave.
    reservedConcurrency: { native: 400, uploads: 50, documents: 50, sweep: 2, keepalive: 1 },
  },
  /** The twin on one machine: never deployed. Reads SIGNALS_URL and PORT. */
  local: {
    region: 'us-east-1',
    logRetentionDays: 1,
    dataRetention: 'delete',
    accountConcurrency: 1_000,
    // Processes of the twin.
    reservedConcurrency: { native: 10, uploads: 4, documents: 4, sweep: 2, keepalive: 1 },
  },
} as const;

export type StageName = keyof typeof stages;
export const stageNames = Object.keys(stages) as StageName[];

/** The tenant that the file names until somebody sets theirs; a deployment with it is warned about. */
export const exampleTenantUrl = 'https://snb.example.com';

/** The retention periods that CloudWatch Logs accepts (API reference, PutRetentionPolicy). */
const logRetentionChoices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const isSafeScheme = (url: URL, stage: StageName): boolean =>
  url.protocol === 'https:' || (stage === 'local' && url.protocol === 'http:' && loopbackHosts.includes(url.hostname));

const isOrigin = (text: string, stage: StageName): boolean => {
  const url = parseUrl(text);
  return url !== undefined && isSafeScheme(url, stage) && url.origin === text;
};

const isBaseUrl = (text: string, stage: StageName): boolean => {
  const url = parseUrl(text);
  return url !== undefined && isSafeScheme(url, stage) && url.href.replace(/\/$/, '') === text;
};

/** A list or an object as JSON; what is no JSON is left for the schema to refuse. */
const fromJson = (value: unknown): unknown => {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return value;
  }
};

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Lambda refuses a reservation that leaves less for all functions without one (API reference, PutFunctionConcurrency). */
const leastUnreserved = 100;

/** An account, or a role of one. */
const reader = /^(\d{12}|arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=.@/-]{1,512})$/;

const urlPath = /^\/[\w./~-]*$/;

const stageSchema = (stage: StageName) =>
  z.strictObject({
    /** Origin of the Signals tenant. */
    tenantUrl: z.string().refine((text) => isOrigin(text, stage)),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    /** Twelve digits; without it the account of the credentials that deploy. */
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    /** `private` = reachable only through the VPC endpoints below. */
    endpointType: z.enum(['regional', 'private']).default('regional'),
    vpcEndpointIds: z.preprocess(commaList, z.array(z.string().regex(/^vpce-[0-9a-f]{8,17}$/))).default([]),
    /** Base URL that consumers see when a domain of yours points at the API; without it each request's own host is used. */
    publicUrl: z
      .string()
      .refine((text) => isBaseUrl(text, stage))
      .optional(),
    /** The tenant's limit for everybody together, or the facade's share of it. */
    tenantRequestsPerMinute: wholeNumber(1, 1000).default(1000),
    /** `off` sends every request to the tenant. */
    cache: z.enum(['on', 'off']).default('on'),
    /** Purges of the whole cache or of a group in any minute, by all consumers together. */
    cachePurgesPerMinute: wholeNumber(1, 60).default(defaultPurgeBounds.wide),
    /** Purges of one entity in any minute, by one consumer. */
    cacheEntityPurgesPerMinute: wholeNumber(1, 1000).default(defaultPurgeBounds.entity),
    /** Part of the limit that is left to those who use the tenant without the facade, 0 to 0.95. */
    quotaDirectShare: z.coerce.number().min(0).max(0.95).default(0),
    /** Part of what remains that interactive calls find whenever they come; lent to background calls as they do not. */
    quotaReservedShare: z.coerce.number().min(0).max(1).default(0.25),
    /** `shadow` counts and makes nobody wait: for a first look at the demand. */
    quotaMode: z.enum(['enforce', 'shadow']).default('enforce'),
    /**
     * Part of a function's concurrency on which calls of one consumer may wait for the budget: more of them are refused at once,
     * so that other consumers find executions.
     */
    quotaWaitingShare: z.coerce.number().min(0.01).max(1).default(defaultWaitingShare),
    /** What happens to calls while the budget cannot be asked. With `admit` the ceiling does not hold then. */
    quotaWhenStoreFails: z.enum(['refuse', 'admit']).default('refuse'),
    /** Bookings of one consumer that are not over. */
    bookingsPerConsumer: wholeNumber(1, 1000).default(defaultBookingBounds.perConsumer),
    /** Part of the bookable rate, which is half of the limit, that the bookings of one consumer hold together at any instant. */
    bookingConsumerShare: z.coerce.number().min(0.001).max(1).default(defaultBookingBounds.consumerShare),
    /** How long a booking may last. */
    bookingDays: wholeNumber(1, 366).default(defaultBookingBounds.longestDays),
    /** Bookings of all consumers that are not over. They share one DynamoDB item, which has room for 1,000. */
    bookingsInAll: wholeNumber(1, 1000).default(defaultBookingBounds.inAll),
    /** Whether decisions about native requests are kept for GET /v1/requests/{requestId}: one small write for each call upstream. */
    requestLog: z.enum(['on', 'off']).default('on'),
    /**
     * Names of request headers that travel to the tenant besides accept*, content-*, if-*, range, cache-control, prefer and
     * user-agent. Each value of one is a cache entry of its own.
     */
    addedHeaders: AddedHeaders.default([]),
    /**
     * Origins of web pages that may call `/v1`, native operations and the upload bucket from a browser, such as
     * `https://app.example.com`. A key in a page is visible to whoever opens it: docs/browsers.md.
     */
    corsOrigins: CorsOrigins.default([]),
    /** Compressed documents of the tenant that decode to more MiB pass without links rewritten, or break off (docs/native-surface.md). */
    documentMostDecodedMiB: wholeNumber(8, 1_024).default(64),
    /** The most API keys kept for one upstream; the vendor's guides name 10 and 100 for a tenant. */
    credentialPoolSize: wholeNumber(1, 100).default(10),
    /**
     * OpenID providers whose tokens identify consumers (docs/consumers.md), such as
     * `{ issuer: 'https://login.example.com', audience: 'signals-facade' }`.
     */
    oidcIssuers: z.preprocess(fromJson, OidcIssuers).default([]),
    /** How long audit entries are kept: ten years, unless a policy of yours says otherwise. Holds for new entries only. */
    auditRetentionDays: wholeNumber(1, 36_500).default(3_650),
    /** What happens to writes while the audit log cannot be written to. With `admit` some may be missing from it. */
    auditWhenStoreFails: z.enum(['refuse', 'admit']).default('refuse'),
    /** How long the first answer under an Idempotency-Key is repeated. */
    idempotencyHours: wholeNumber(1, 720).default(24),
    /** Uploads that one consumer may have open at a time, and GiB that it may announce in a day (UTC). */
    uploadsMostOpen: wholeNumber(1, 1_000).default(20),
    uploadsMostGiBPerDay: wholeNumber(1, 10_000).default(20),
    /** Issued by the vendor on request for `<publicUrl>/oauth/callback`; without it nobody can link a token of theirs. */
    oauthClientId: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/)
      .optional(),
    /** `token` = implicit grant, `code` = authorization code with PKCE, where the tenant offers it. */
    oauthResponseType: z.enum(['token', 'code']).default('token'),
    oauthScope: z
      .string()
      .regex(/^[\x20-\x7e]{0,500}$/)
      .default(''),
    oauthAuthorizePath: z.string().regex(urlPath).default('/auth/oauth/authorize'),
    /** Only for `code`; the guides do not name it, ask the vendor. */
    oauthTokenPath: z.string().regex(urlPath).optional(),
    /** `accept` only where the tenant is known to send no state back (docs/tokens.md). */
    oauthWithoutState: z.enum(['refuse', 'accept']).default('refuse'),
    /** A token idle for so long is touched, at the cost of one call; it dies after 720 hours. */
    tokenTouchHours: wholeNumber(1, 576).default(20),
    /** Throttle of the API stage, far above the tenant's limit: cached answers cost the tenant nothing. */
    gatewayRequestsPerSecond: wholeNumber(1, 10_000).default(500),
    gatewayBurstRequests: wholeNumber(1, 5_000).default(1000),
    /** Requests a minute from one address before the web firewall refuses; an office shares one address. */
    addressRequestsPerMinute: wholeNumber(10, 2_000_000_000).default(20_000),
    /**
     * Concurrent executions of the account in its region (Service Quotas, Lambda): 1,000 as a rule, 10 in some new accounts.
     * Half of what a function may have of it may be large answers.
     */
    accountConcurrency: wholeNumber(10, 1_000_000).default(10),
    /**
     * Concurrency that a function has for itself and may not exceed, such as `{ native: 400, documents: 50 }`. None in an
     * account of less than 101: Lambda wants 100 left unreserved.
     */
    reservedConcurrency: z
      .preprocess(fromJson, z.partialRecord(z.enum(functionNames), wholeNumber(1, 1_000_000)))
      .default({}),
    /** Answers above 1 MiB in flight, for one consumer at most. */
    largeAnswersPerConsumer: wholeNumber(1, 1_000).default(4),
    /** Below the 5 minutes after which API Gateway cuts a stream that stays idle. */
    upstreamFirstByteSeconds: wholeNumber(1, 290).default(120),
    logRetentionDays: z.coerce.number().refine((days) => logRetentionChoices.includes(days)),
    /** Whether tables, keys and buckets outlive the stack. `keep` also protects the tables from deletion. */
    dataRetention: z.enum(['keep', 'delete']),
    /** Whether this stack sets the account's log role for API Gateway; one stack for each account and region should. */
    setsGatewayLogRole: z.union([z.boolean(), z.stringbool()]).default(true),
    /** Who may read the facade's own events (docs/events.md): ids of accounts, and ARNs of roles that exist. */
    operationsReaders: z.preprocess(commaList, z.array(z.string().regex(reader)).max(20)).default([]),
    /** Subscriptions that one consumer may have, and replays of its that may be under way (docs/notifications.md). */
    subscriptionsPerConsumer: wholeNumber(1, 1_000).default(20),
    replaysPerConsumer: wholeNumber(1, 100).default(5),
    /** Other accounts whose queues may be subscribed. Their owners must allow it too. */
    subscriberAccounts: z.preprocess(commaList, z.array(z.string().regex(/^\d{12}$/)).max(50)).default([]),
    /** How far back the first pull of the stage looks, in days. 0: it begins at the present. */
    notificationsBackfillDays: wholeNumber(0, 180).default(0),
    /** `on` dismisses in the tenant what was handled. */
    notificationsDismiss: z.enum(['on', 'off']).default('off'),
    /** Who is told about alarms; without it they only show in CloudWatch. */
    alarmEmail: z.email().optional(),
  });

export type StageConfig = z.infer<ReturnType<typeof stageSchema>> & { readonly stage: StageName };
type Field = Exclude<keyof StageConfig, 'stage'>;

/** What each field accepts, as told to whoever wrote something else. */
const accepted: Record<Field, string> = {
  tenantUrl: 'an https origin without a path, such as https://snb.example.com',
  region: 'an AWS region, such as eu-west-1',
  account: 'an AWS account number of 12 digits, or nothing',
  endpointType: 'regional or private',
  vpcEndpointIds: 'ids such as vpce-0a1b2c3d4e5f67890, at least one for a private endpoint and none for a regional one',
  publicUrl: 'an https URL without a trailing slash, such as https://signals.example.com, or nothing',
  tenantRequestsPerMinute: 'a whole number from 1 to 1000',
  cache: 'on or off',
  cachePurgesPerMinute: 'a whole number from 1 to 60',
  cacheEntityPurgesPerMinute: 'a whole number from 1 to 1000',
  quotaDirectShare: 'a number from 0 to 0.95',
  quotaReservedShare: 'a number from 0 to 1',
  quotaWaitingShare: 'a number from 0.01 to 1',
  quotaMode: 'enforce or shadow',
  quotaWhenStoreFails: 'refuse or admit',
  bookingsPerConsumer: 'a whole number from 1 to 1000',
  bookingConsumerShare: 'a number from 0.001 to 1',
  bookingDays: 'a whole number from 1 to 366',
  bookingsInAll: 'a whole number from 1 to 1000',
  requestLog: 'on or off',
  documentMostDecodedMiB: 'a whole number from 8 to 1024',
  addedHeaders:
    'names of request headers, such as x-units; none that names a method, an address, a person, a credential or a trace',
  corsOrigins:
    'at most 20 origins as browsers send them, such as https://app.example.com or http://localhost:5173: https, or http on this machine, each without a path, without a trailing slash, no * and no null',
  credentialPoolSize: 'a whole number from 1 to 100',
  oidcIssuers:
    'a JSON list of issuers, each with issuer and audience and, where needed, clientClaim, jwksUrl and algorithms',
  auditRetentionDays: 'a whole number from 1 to 36500',
  auditWhenStoreFails: 'refuse or admit',
  idempotencyHours: 'a whole number from 1 to 720',
  uploadsMostOpen: 'a whole number from 1 to 1000',
  uploadsMostGiBPerDay: 'a whole number from 1 to 10000',
  oauthClientId: 'the client id that the vendor has issued, or nothing',
  oauthResponseType: 'token or code',
  oauthScope: 'the scope that the vendor has issued, or nothing',
  oauthAuthorizePath: 'a path on the tenant’s origin, such as /auth/oauth/authorize',
  oauthTokenPath: 'a path on the tenant’s origin; needed when oauthResponseType is code',
  oauthWithoutState: 'refuse or accept',
  tokenTouchHours: 'a whole number from 1 to 576',
  gatewayRequestsPerSecond: 'a whole number from 1 to 10000',
  gatewayBurstRequests: 'a whole number from 1 to 5000',
  addressRequestsPerMinute: 'a whole number from 10 to 2000000000',
  accountConcurrency: 'a whole number from 10 to 1000000',
  reservedConcurrency: `a JSON object of whole numbers from 1 by function (${functionNames.join(', ')}), in sum at most accountConcurrency less ${leastUnreserved}, or {}`,
  largeAnswersPerConsumer: 'a whole number from 1 to 1000',
  upstreamFirstByteSeconds: 'a whole number from 1 to 290',
  logRetentionDays: `one of ${logRetentionChoices.join(', ')}`,
  dataRetention: 'keep or delete',
  setsGatewayLogRole: 'true or false',
  operationsReaders:
    'at most 20 accounts or roles, such as 123456789012 or arn:aws:iam::123456789012:role/reader, or nothing',
  subscriptionsPerConsumer: 'a whole number from 1 to 1000',
  replaysPerConsumer: 'a whole number from 1 to 100',
  subscriberAccounts: 'at most 50 ids of accounts, such as 111122223333,444455556666, or nothing',
  notificationsBackfillDays: 'a whole number from 0 to 180',
  notificationsDismiss: 'on or off',
  alarmEmail: 'an e-mail address, or nothing',
};
const fields = Object.keys(accepted) as Field[];

/** The stage `local` may also name a loopback address without TLS. */
const acceptedIn = (stage: StageName, field: string): string => {
  if (stage === 'local' && field === 'tenantUrl')
    return `${accepted.tenantUrl}, or http://127.0.0.1:4010 (set SIGNALS_URL)`;
  return accepted[field as Field] ?? `a setting that exists (${fields.join(', ')})`;
};

/** A wrong configuration: one line for each wrong value, naming stage, field, value and what is accepted. */
export class StageConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'StageConfigError';
    this.lines = lines;
  }
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const toLine = (stage: StageName, field: string, value: unknown): string =>
  `Stage ${stage}, field ${field}: ${show(value)} is not accepted. Accepted: ${acceptedIn(stage, field)}.`;

const wrongFields = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])];

type Concurrency = Pick<StageConfig, 'accountConcurrency' | 'reservedConcurrency'>;

const sumOf = (reserved: Concurrency['reservedConcurrency']): number =>
  Object.values(reserved).reduce<number>((sum, count = 0) => sum + count, 0);

const reservedTooMuch = ({ accountConcurrency, reservedConcurrency }: Concurrency): boolean => {
  const sum = sumOf(reservedConcurrency);
  return sum > 0 && sum > accountConcurrency - leastUnreserved;
};

/** What a function may run at a time, and with which others it shares that: its own reservation, or what nobody reserved. */
export const concurrencyOf = (
  { accountConcurrency, reservedConcurrency }: Concurrency,
  name: string,
): { readonly executions: number; readonly sharedBy: string } => {
  const own = reservedConcurrency[name];
  return own === undefined
    ? { executions: accountConcurrency - sumOf(reservedConcurrency), sharedBy: 'unreserved' }
    : { executions: own, sharedBy: name };
};

/**
 * Checks the values of one stage and fills in the defaults.
 * @throws StageConfigError naming every wrong value.
 */
export const parseStageConfig = (stage: StageName, values: Readonly<Record<string, unknown>>): StageConfig => {
  const result = stageSchema(stage).safeParse(values);
  const wrong = new Set(result.error?.issues.flatMap(wrongFields) ?? []);
  if (result.data && (result.data.endpointType === 'private') !== result.data.vpcEndpointIds.length > 0)
    wrong.add('vpcEndpointIds');
  if (result.data?.oauthResponseType === 'code' && !result.data.oauthTokenPath) wrong.add('oauthTokenPath');
  if (result.data && reservedTooMuch(result.data)) wrong.add('reservedConcurrency');
  if (wrong.size > 0) throw new StageConfigError([...wrong].map((field) => toLine(stage, field, values[field])));
  return { ...(result.data as Omit<StageConfig, 'stage'>), stage };
};

type Values = Readonly<Record<string, string | undefined>>;

/** `tenantUrl` is FACADE_TENANT_URL. */
const variableOf = (field: Field): string =>
  `FACADE_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

const localValues = ({ SIGNALS_URL, PORT }: Values): Values => ({
  // What the simulator knows.
  oauthClientId: 'demo-client',
  oauthTokenPath: '/auth/oauth/token',
  tenantUrl: SIGNALS_URL ?? 'http://127.0.0.1:4010',
  publicUrl: `http://127.0.0.1:${PORT ?? '4000'}`,
});

/** Empty means not set, so that a variable can be switched off with `FACADE_PUBLIC_URL=`. */
const dropEmpty = (values: Values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

const variablePrefix = 'FACADE_';

/** A misspelt variable would be a setting that silently does nothing. */
const checkVariables = (stage: StageName, env: Values): void => {
  const known = fields.map(variableOf);
  const unknown = Object.keys(env).filter((name) => name.startsWith(variablePrefix) && !known.includes(name));
  const [first = '', ...others] = known.map((name) => name.toLowerCase());
  const lines = unknown.map(
    (name) =>
      `Stage ${stage}: ${name} is no setting. Fix: set ${nearestOf(name, [first, ...others]).toUpperCase()} if that is meant, or unset it.`,
  );
  if (lines.length > 0) throw new StageConfigError(lines);
};

/**
 * Reads one stage: this file, overridden by the environment, overridden by `context` (by field name).
 * @throws StageConfigError when the stage, any value or the name of a variable is wrong.
 */
export const loadStageConfig = (name: string, env: Values, context: Values = {}): StageConfig => {
  const stage = stageNames.find((known) => known === name);
  if (!stage) throw new StageConfigError([`Stage ${name} does not exist. Accepted: ${stageNames.join(', ')}.`]);
  checkVariables(stage, env);
  const fromEnv = Object.fromEntries(fields.map((field) => [field, env[variableOf(field)]]));
  const fromContext = Object.fromEntries(fields.map((field) => [field, context[field]]));
  return parseStageConfig(stage, {
    ...stages[stage],
    ...(stage === 'local' ? dropEmpty(localValues(env)) : {}),
    ...dropEmpty(fromEnv),
    ...dropEmpty(fromContext),
  });
};

/** The fields that context may override. */
export const overridableFields: readonly string[] = fields;
