/** The fields of a stage: purpose, accepted values and default of each. */
import * as z from 'zod';
import { SigningRules } from '../shared/actions/signing-rules.ts';
import { defaultPurgeBounds } from '../shared/cache/purge-limit.ts';
import { type OidcIssuer, OidcIssuers } from '../shared/consumers/oidc/issuer.ts';
import { commaList } from '../shared/http/comma-list.ts';
import { CorsOrigins } from '../shared/http/cors.ts';
import { AddedHeaders } from '../shared/http/forwarded-headers.ts';
import { isLoopback, isLoopbackName } from '../shared/http/loopback.ts';
import { parseLenient } from '../shared/json/parse-lenient.ts';
import { SourceNetworks } from '../shared/lists/networks.ts';
import { Mirrors, mostMirrors } from '../shared/mirrors/mirror.ts';
import { defaultBookingBounds } from '../shared/quota/booking.ts';
import { defaultWaitingShare } from '../shared/quota/places.ts';
import { functionNames } from './function-names.ts';

/** The retention periods that CloudWatch Logs accepts (API reference, PutRetentionPolicy). */
const logRetentionChoices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const isSafeScheme = (url: URL, isLocal: boolean): boolean =>
  url.protocol === 'https:' || (isLocal && url.protocol === 'http:' && isLoopback(url.hostname));

/**
 * Lambda takes 4 KB of variables for a function in all. It measures them as JSON, in which the quotes of a JSON text count twice (the
 * error of UpdateFunctionConfiguration shows the measured text). test/infra/function-variables.test.ts adds up what all fields may take.
 */
const bytesInVariable = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - '""'.length;

/** Two ARNs of queues with names of 80 characters, and their keys. */
const bytesOfQueues = 273;
/** The other variables of the dispatcher take some 2,000 bytes. */
const mostMirrorBytes = 2_050;
/** The names of all queues leave so much to the function `health`. */
const mostIssuerBytes = 700;
/** The function of /actions has few other variables. */
const mostRuleBytes = 1_500;
const mostOriginBytes = 450;
const mostHeaderBytes = 300;
const mostUrlLetters = 128;

const isSafeUrl = (text: string, isLocal: boolean): boolean => {
  const url = parseUrl(text);
  return url !== undefined && isSafeScheme(url, isLocal);
};

const isOrigin = (text: string, isLocal: boolean): boolean => {
  const url = parseUrl(text);
  return url !== undefined && isSafeScheme(url, isLocal) && url.origin === text;
};

const isBaseUrl = (text: string, isLocal: boolean): boolean => {
  const url = parseUrl(text);
  return url !== undefined && isSafeScheme(url, isLocal) && url.href.replace(/\/$/, '') === text;
};

/** Whose keys do not come from the machine that asks, where a demo issuer may run. */
const isRemoteIssuer = ({ issuer, jwksUrl }: OidcIssuer): boolean =>
  [issuer, jwksUrl ?? issuer].every((text) => !isLoopbackName(parseUrl(text)?.hostname ?? ''));

const numberFrom = (least: number, most: number) =>
  z.coerce.number().min(least).max(most).describe(`a number from ${least} to ${most}`);

const wholeNumber = (least: number, most: number) =>
  numberFrom(least, most).int().describe(`a whole number from ${least} to ${most}`);

const oneOf = <const Choices extends readonly string[]>(choices: Choices) =>
  z.enum(choices).describe(choices.join(' or '));

/** Lambda refuses a reservation that leaves less for all functions without one (API reference, PutFunctionConcurrency). */
export const leastUnreserved = 100;

/** An account, or a role of one. */
const reader = /^(\d{12}|arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=.@/-]{1,512})$/;

const urlPath = /^\/[\w./~-]{0,199}$/;

const acceptedOrigin = 'an https origin of at most 128 characters, without a path, such as https://snb.example.com';

/** @param isLocal the stage `local` may also name a loopback address without TLS. */
export const stageFields = (isLocal: boolean) =>
  z.strictObject({
    /** Origin of the Signals tenant. */
    tenantUrl: z
      .string()
      .max(mostUrlLetters)
      .refine((text) => isOrigin(text, isLocal))
      .describe(isLocal ? `${acceptedOrigin}, or http://127.0.0.1:4010 (set SIGNALS_URL)` : acceptedOrigin),
    /** AWS region of the stack. */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .describe('an AWS region, such as eu-west-1'),
    /** Twelve digits; absent = the account of the deploying credentials. */
    account: z
      .string()
      .regex(/^\d{12}$/)
      .describe('an AWS account number of 12 digits, or nothing')
      .optional(),
    /** `private` = reachable only through the VPC endpoints below. */
    endpointType: oneOf(['regional', 'private']).default('regional'),
    /** VPC endpoints that may call a private API. */
    vpcEndpointIds: z
      .preprocess(commaList, z.array(z.string().regex(/^vpce-[0-9a-f]{8,17}$/)))
      .describe('ids such as vpce-0a1b2c3d4e5f67890, at least one for a private endpoint and none for a regional one')
      .default([]),
    /** Base URL that consumers see if a domain of yours points at the API; absent = the host of each request. */
    publicUrl: z
      .string()
      .max(mostUrlLetters)
      .refine((text) => isBaseUrl(text, isLocal))
      .describe(
        'an https URL of at most 128 characters without a trailing slash, such as https://signals.example.com, or nothing',
      )
      .optional(),
    /** The tenant's limit for all users together, or the facade's share of it. */
    tenantRequestsPerMinute: wholeNumber(1, 1000).default(1000),
    /** `off` sends every request to the tenant. */
    cache: oneOf(['on', 'off']).default('on'),
    /** Purges of the whole cache or of a group in any minute, by all consumers together. */
    cachePurgesPerMinute: wholeNumber(1, 60).default(defaultPurgeBounds.wide),
    /** Purges of one entity in any minute, by one consumer. */
    cacheEntityPurgesPerMinute: wholeNumber(1, 1000).default(defaultPurgeBounds.entity),
    /** Part of the limit that is left to users who call the tenant without the facade, 0 to 0.95. */
    quotaDirectShare: numberFrom(0, 0.95).default(0),
    /** Part of the rest that is reserved for interactive calls. Background calls may borrow it while interactive calls do not use it. */
    quotaReservedShare: numberFrom(0, 1).default(0.25),
    /** `shadow` counts calls and delays no call. Use it to measure the demand first. */
    quotaMode: oneOf(['enforce', 'shadow']).default('enforce'),
    /**
     * Part of a function's concurrency on which calls of one consumer may wait for the budget. Further calls are refused at once, so
     * that executions stay free for other consumers.
     */
    quotaWaitingShare: numberFrom(0.01, 1).default(defaultWaitingShare),
    /** How calls are handled while the quota store fails. With `admit` the ceiling does not hold meanwhile. */
    quotaWhenStoreFails: oneOf(['refuse', 'admit']).default('refuse'),
    /** Bookings of one consumer that are not over. */
    bookingsPerConsumer: wholeNumber(1, 1000).default(defaultBookingBounds.perConsumer),
    /** Part of the bookable rate, which is half of the limit, that the bookings of one consumer hold together at any instant. */
    bookingConsumerShare: numberFrom(0.001, 1).default(defaultBookingBounds.consumerShare),
    /** How long a booking may last. */
    bookingDays: wholeNumber(1, 366).default(defaultBookingBounds.longestDays),
    /** Bookings of all consumers that are not over. They share one DynamoDB item, which has room for 1,000. */
    bookingsInAll: wholeNumber(1, 1000).default(defaultBookingBounds.inAll),
    /** Whether decisions about native requests are kept for GET /v1/requests: one small write for each call upstream. */
    requestLog: oneOf(['on', 'off']).default('on'),
    /** Routes of the seed below `/api/rest/v1.0` that the tenant does not have (docs/entities.md): rows, attachments, templates and others. */
    seedAliases: oneOf(['on', 'off']).default('off'),
    /**
     * Names of request headers that are sent to the tenant in addition to accept*, content-*, if-*, range, cache-control, prefer and
     * user-agent. Each value of such a header has its own cache entry.
     */
    addedHeaders: AddedHeaders.refine((names) => names.join(',').length <= mostHeaderBytes)
      .describe(
        'names of request headers, together at most 300 characters, such as x-units; none that names a method, an address, a person, a credential or a trace',
      )
      .default([]),
    /**
     * Origins of web pages that may call `/v1`, native operations and the upload bucket from a browser, such as
     * `https://app.example.com`. Everybody who opens a page can read the key in it: docs/browsers.md.
     */
    corsOrigins: CorsOrigins.refine((origins) => origins.join(',').length <= mostOriginBytes)
      .describe(
        'at most 20 origins, together at most 450 characters, as browsers send them, such as https://app.example.com or http://localhost:5173: https, or http on this machine, each without a path, without a trailing slash, no * and no null',
      )
      .default([]),
    /** Compressed documents of the tenant that decode to more MiB pass without links rewritten, or break off (docs/native-surface.md). */
    documentMostDecodedMiB: wholeNumber(8, 1_024).default(64),
    /** Most API keys in the pool of one upstream; the vendor's guides name 10 and 100 for a tenant. */
    credentialPoolSize: wholeNumber(1, 100).default(10),
    /**
     * OpenID providers whose tokens identify consumers (docs/consumers.md), such as
     * `{ issuer: 'https://login.example.com', audience: 'signals-facade' }`.
     */
    oidcIssuers: z
      .preprocess(
        parseLenient,
        OidcIssuers.refine((issuers) => isLocal || issuers.every(isRemoteIssuer)).refine(
          (issuers) => bytesInVariable(JSON.stringify(issuers)) <= mostIssuerBytes,
        ),
      )
      .describe(
        `a JSON list of issuers, together at most 700 bytes with two for each quote and with the algorithms (three or four issuers), each with issuer and audience and, where needed, clientClaim, jwksUrl and algorithms${isLocal ? '' : '; none on this machine'}`,
      )
      .default([]),
    /** How long audit entries are kept: ten years by default. A change applies to new entries only. */
    auditRetentionDays: wholeNumber(1, 36_500).default(3_650),
    /** How writes are handled while the audit log fails. With `admit` some writes may be missing from it. */
    auditWhenStoreFails: oneOf(['refuse', 'admit']).default('refuse'),
    /** How long the first answer under an Idempotency-Key is replayed. */
    idempotencyHours: wholeNumber(1, 720).default(24),
    /** Uploads that one consumer may have open at a time. */
    uploadsMostOpen: wholeNumber(1, 1_000).default(20),
    /** GiB that one consumer may announce for uploads in a day (UTC). */
    uploadsMostGiBPerDay: wholeNumber(1, 10_000).default(20),
    /** Exports at work at a time, of all consumers together (docs/exports.md). The tenant has few workers for them. */
    exportsAtATime: wholeNumber(1, 20).default(4),
    /** Exports that one consumer may have open at a time. */
    exportsPerConsumer: wholeNumber(1, 500).default(50),
    /** Object Lock of the archive, in a stage that keeps its data: `compliance` can be shortened by nobody, not even by AWS. */
    archiveLockMode: oneOf(['governance', 'compliance']).default('governance'),
    /** How long an object of the archive is locked. */
    archiveLockYears: wholeNumber(1, 100).default(10),
    /** The heads of the chains of the archive and of the audit log are signed after so many minutes: once a day by default. */
    archiveSealMinutes: wholeNumber(1, 1_440).default(1_440),
    /** In so many days the daily verification reads every PDF of the archive once. */
    archiveVerifyDays: wholeNumber(1, 365).default(30),
    /** A bucket that everything of the archive is replicated to, with its key. Its owner allows it and locks it. */
    archiveReplica: z
      .preprocess(
        parseLenient,
        z.strictObject({
          bucketArn: z.string().regex(/^arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}$/),
          keyArn: z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
        }),
      )
      .describe('a JSON object with bucketArn and keyArn, or nothing')
      .optional(),
    /** Name of the role that alone may disable or delete the keys of the archive and of the tables. It need not exist until it is needed. */
    breakGlassRole: z
      .string()
      .regex(/^[\w+=,.@-]{1,64}$/)
      .describe('the name of a role')
      .default('signals-facade-break-glass'),
    /** Name of the role with which CloudFormation deploys, with `*` for any text: it may change policies of the archive. By default that of CDK's bootstrap. */
    deploymentRole: z
      .string()
      // Stars alone would name every role.
      .regex(/^(?=(?:\**[\w+=,.@-]){4})[\w+=,.@*-]{4,64}$/)
      .describe('the name of a role, with * for any text and four characters besides')
      .default('cdk-*-cfn-exec-role-*'),
    /** Issued by the vendor on request for `<publicUrl>/oauth/callback`; absent = no person can link a token. */
    oauthClientId: z
      .string()
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/)
      .describe(
        'the client id that the vendor has issued, of at most 200 characters without quotes, backslashes and spaces, or nothing',
      )
      .optional(),
    /** `token` = implicit grant, `code` = authorization code with PKCE, if the tenant offers it. */
    oauthResponseType: oneOf(['token', 'code']).default('token'),
    /** Scope that the login asks for. */
    oauthScope: z
      .string()
      // RFC 6749, 3.3
      .regex(/^[\x20\x21\x23-\x5b\x5d-\x7e]{0,500}$/)
      .describe(
        'the scope that the vendor has issued, of at most 500 characters without quotes and backslashes, or nothing',
      )
      .default(''),
    /** Path of the tenant's login page. */
    oauthAuthorizePath: z
      .string()
      .regex(urlPath)
      .describe('a path on the tenant’s origin of at most 200 characters, such as /auth/oauth/authorize')
      .default('/auth/oauth/authorize'),
    /** Only for `code`. The guides do not name it; ask the vendor. */
    oauthTokenPath: z
      .string()
      .regex(urlPath)
      .describe('a path on the tenant’s origin of at most 200 characters; needed when oauthResponseType is code')
      .optional(),
    /** `accept` only if the tenant is known to return no state (docs/tokens.md). */
    oauthWithoutState: oneOf(['refuse', 'accept']).default('refuse'),
    /** A token that is idle for this time is touched with one call. An idle token dies after 720 hours. */
    tokenTouchHours: wholeNumber(1, 576).default(20),
    /** What an entity needs before it may be signed (docs/external-actions.md). Without rules nothing may. */
    signingRules: z
      .preprocess(
        parseLenient,
        SigningRules.refine((rules) => bytesInVariable(JSON.stringify(rules)) <= mostRuleBytes),
      )
      .describe(
        'a JSON list of at most 50 rules, together at most 1,500 bytes with two for each quote, each with name, one of needsChild (type and name), needsField (a name) and forbidsStates (a list), and, where wanted, types and templates (lists)',
      )
      .default([]),
    /** Calls to the tenant that all signing checks together may take in a minute: everybody with the address of the page can cause some. */
    signingCallsPerMinute: wholeNumber(1, 500).default(60),
    /** Throttle of the API stage, far above the tenant's limit: cached answers cost the tenant nothing. */
    gatewayRequestsPerSecond: wholeNumber(1, 10_000).default(500),
    /** Requests that the same throttle lets through at once. */
    gatewayBurstRequests: wholeNumber(1, 5_000).default(1000),
    /** Requests a minute from one address before the web firewall refuses; an office shares one address. */
    addressRequestsPerMinute: wholeNumber(10, 2_000_000_000).default(20_000),
    /**
     * Concurrent executions of the account in its region (Service Quotas, Lambda): 1,000 as a rule, 10 in some new accounts.
     * Half of what a function may have of it may be large answers.
     */
    accountConcurrency: wholeNumber(10, 1_000_000).default(10),
    /**
     * Concurrency that is reserved for a function and that it cannot exceed, such as `{ native: 400, documents: 50 }`. An
     * account with less than 101 can have none, because Lambda requires 100 unreserved.
     */
    reservedConcurrency: z
      .preprocess(parseLenient, z.partialRecord(z.enum(functionNames), wholeNumber(1, 1_000_000)))
      .describe(
        `a JSON object of whole numbers from 1 by function (${functionNames.join(', ')}), in sum at most accountConcurrency less ${leastUnreserved}, or {}`,
      )
      .default({}),
    /** Most answers above 1 MiB in flight for one consumer. */
    largeAnswersPerConsumer: wholeNumber(1, 1_000).default(4),
    /** It must be below the 5 minutes after which API Gateway cuts an idle stream. */
    upstreamFirstByteSeconds: wholeNumber(1, 290).default(120),
    /** How long logs are kept. */
    logRetentionDays: z.coerce
      .number()
      .refine((days) => logRetentionChoices.includes(days))
      .describe(`one of ${logRetentionChoices.join(', ')}`),
    /**
     * `lean` keeps what the saved queries and the runbook read: a short line for each hit of the cache, a short access log, and no lines of
     * Lambda for invocations that succeed. `full` keeps all.
     */
    logs: oneOf(['lean', 'full']).default('lean'),
    /** Of 100 requests, so many are traced by X-Ray, with the functions that they reach; 0 = none. Each trace is billed. */
    tracePercent: numberFrom(0, 100).default(0),
    /** `off` leaves out the web firewall, and with it the rates of each address. The throttle of the API stage remains. */
    firewall: oneOf(['on', 'off']).default('on'),
    /** Whether tables, keys and buckets outlive the stack. `keep` also protects the tables from deletion. */
    dataRetention: oneOf(['keep', 'delete']),
    /** Whether this stack sets the account's log role for API Gateway. One stack in each account and region should. */
    setsGatewayLogRole: z.union([z.boolean(), z.stringbool()]).describe('true or false').default(true),
    /** Who may read the facade's own events (docs/events.md): ids of accounts, and ARNs of roles that exist. */
    operationsReaders: z
      .preprocess(commaList, z.array(z.string().regex(reader)).max(20))
      .describe(
        'at most 20 accounts or roles, such as 123456789012 or arn:aws:iam::123456789012:role/reader, or nothing',
      )
      .default([]),
    /** Subscriptions that one consumer may have (docs/notifications.md). */
    subscriptionsPerConsumer: wholeNumber(1, 1_000).default(20),
    /** Replays of one consumer that may be under way (docs/notifications.md). */
    replaysPerConsumer: wholeNumber(1, 100).default(5),
    /** Other accounts whose queues may be subscribed. Their owners must allow it too. More than 380 do not fit into a policy of IAM. */
    subscriberAccounts: z
      .preprocess(commaList, z.array(z.string().regex(/^\d{12}$/)).max(300))
      .describe('at most 300 ids of accounts, such as 111122223333,444455556666, or nothing')
      .default([]),
    /** How many days the first pull of the stage looks back; 0 = it begins at the present. */
    notificationsBackfillDays: wholeNumber(0, 180).default(0),
    /** `on` dismisses handled notifications in the tenant. */
    notificationsDismiss: oneOf(['on', 'off']).default('off'),
    /** Other facades' hooks to which pushes are forwarded (docs/pushes.md). */
    mirrors: z
      .preprocess(parseLenient, Mirrors)
      .refine((mirrors) => mirrors.every(({ url }) => isSafeUrl(url, isLocal)))
      // Three functions have them in one variable, with the ARNs of two queues for each.
      .refine((mirrors) => bytesInVariable(JSON.stringify(mirrors)) + bytesOfQueues * mirrors.length <= mostMirrorBytes)
      .describe(
        `a JSON list of mirrors, at most ${mostMirrors} and together about 2 KB with two bytes for each quote and 273 for the queues of each, each with a name of its own (a-z and 0-9), url (https, without a user, a query and a fragment), header (a name) and, where wanted, share (above 0 up to 1), types (a list) and redact (a list of paths such as data.attributes.comment or **.email; none of the id, the type, the time or the entity)`,
      )
      .default([]),
    /**
     * Networks in which systems of record of lists and sources may be (docs/lists-and-sources.md); `public` = every public address. Without
     * one, no address is called.
     */
    sourceNetworks: SourceNetworks(isLocal)
      .describe(
        'at most 20 IPv4 networks with a prefix of 8 or more, such as 10.20.0.0/16, none of them loopback, link-local or multicast; public for every public address; or nothing',
      )
      .default([]),
    /** Subnets of a VPC for the function `lists`, so that it reaches inner systems. They need vpcSecurityGroupIds. */
    vpcSubnetIds: z
      .preprocess(commaList, z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/)).max(16))
      .describe('at most 16 ids such as subnet-0a1b2c3d4e5f67890, together with vpcSecurityGroupIds, or nothing')
      .default([]),
    /** Security groups for that function. They need vpcSubnetIds. */
    vpcSecurityGroupIds: z
      .preprocess(commaList, z.array(z.string().regex(/^sg-[0-9a-f]{8,17}$/)).max(5))
      .describe('at most 5 ids such as sg-0a1b2c3d4e5f67890, together with vpcSubnetIds, or nothing')
      .default([]),
    /** Where the runbook is to be read. Alarms link to its sections; absent = they name the section. */
    runbookUrl: z
      .url({ protocol: /^https$/ })
      .describe('an https URL, or nothing')
      .optional(),
    /** E-mail address for alarms; absent = alarms only show in CloudWatch. */
    alarmEmail: z.email().describe('an e-mail address, or nothing').optional(),
  });

type Shape = ReturnType<typeof stageFields>['shape'];
export type StageField = keyof Shape;
const { shape } = stageFields(false);
export const stageFieldNames = Object.keys(shape) as readonly StageField[];

/** A default and `optional` wrap the schema that has the description. */
const descriptionOf = (schema: z.core.$ZodType): string => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return descriptionOf(schema.unwrap());
  return z.globalRegistry.get(schema)?.description ?? '';
};

/** The accepted values of a field, for error messages. */
export const acceptedBy = (field: StageField, isLocal: boolean): string =>
  descriptionOf(stageFields(isLocal).shape[field]);
