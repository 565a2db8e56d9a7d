/**
 * The names that infra and the functions must agree on: infra sets these environment variables of each function, and
 * functions read them with a schema. It contains names and fixed texts, and no code, so that both may import it.
 */
export const variables = {
  /** Stage name, such as `prod`; `local` in the twin. */
  stage: 'STAGE',
  /** `full` writes each line of the log with all its facts; unset, hits of the cache have a short one. */
  logs: 'LOGS',
  /** Origin of the Signals tenant, such as `https://snb.example.com`, without a path. */
  signalsUrl: 'SIGNALS_URL',
  /** Base URL that consumers see, without a trailing slash; empty = taken from each request's domain and stage. */
  publicUrl: 'PUBLIC_URL',
  /** Origins of web pages that may call the facade from a browser, as a comma list; empty = none. */
  corsOrigins: 'CORS_ORIGINS',
  /** DynamoDB table (pk, sk) of consumers and the hashes of their keys. */
  consumersTable: 'CONSUMERS_TABLE',
  /** Issuers whose tokens identify consumers, as JSON (shared/consumers/oidc/issuer.ts). */
  oidcIssuers: 'OIDC_ISSUERS',
  /** `note` records once a day that a key is used; without it nothing is written. */
  keyUse: 'KEY_USE',
  /** DynamoDB table (pk, sk) of upstream credentials, encrypted. */
  credentialsTable: 'CREDENTIALS_TABLE',
  /** Id or ARN of the KMS key that encrypts the credentials. */
  credentialsKey: 'CREDENTIALS_KEY',
  /** Most keys in the pool of one upstream. */
  credentialPoolSize: 'CREDENTIAL_POOL_SIZE',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of uploads. */
  uploadsTable: 'UPLOADS_TABLE',
  /** S3 bucket that holds uploaded objects until they are forwarded. */
  uploadsBucket: 'UPLOADS_BUCKET',
  /** Uploads that one consumer may have open at a time. */
  uploadsMostOpen: 'UPLOADS_MOST_OPEN',
  /** GiB of uploads that one consumer may announce in a day. */
  uploadsMostGiBPerDay: 'UPLOADS_MOST_GIB_PER_DAY',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of cache entries, flights and purges. */
  cacheTable: 'CACHE_TABLE',
  /** `on`, or unset, answers native requests from the cache; `off` sends each one upstream. */
  cache: 'CACHE',
  /** S3 bucket of bodies that are too large for an item of the cache table. */
  cacheBucket: 'CACHE_BUCKET',
  /** MiB of answers that an instance remembers; 32 without it. */
  cacheMemoryMiB: 'CACHE_MEMORY_MIB',
  /** Purges of the whole cache or of a group in any minute, by all consumers together. */
  cachePurgesPerMinute: 'CACHE_PURGES_PER_MINUTE',
  /** Purges of one entity in any minute, by one consumer. */
  cacheEntityPurgesPerMinute: 'CACHE_ENTITY_PURGES_PER_MINUTE',
  /** DynamoDB table (pk, sk) of the ledger: one item that all instances replace. */
  quotaTable: 'QUOTA_TABLE',
  /** Upstream sends in any 60 seconds, by all instances together. */
  tenantRequestsPerMinute: 'TENANT_REQUESTS_PER_MINUTE',
  /** Part of the limit left to users who call the tenant without the facade. */
  quotaDirectShare: 'QUOTA_DIRECT_SHARE',
  /** Part of the rest that interactive calls always find. */
  quotaReservedShare: 'QUOTA_RESERVED_SHARE',
  /** Executions that the functions of the pool may run at once. Without it any number of calls may wait for the budget. */
  quotaWaitingExecutions: 'QUOTA_WAITING_EXECUTIONS',
  /** Part of them on which calls of one consumer may wait for the budget, above 0 up to 1. */
  quotaWaitingShare: 'QUOTA_WAITING_SHARE',
  /** Which functions share these executions. */
  quotaWaitingPool: 'QUOTA_WAITING_POOL',
  /** `enforce`, or `shadow`: count calls, and let none wait. */
  quotaMode: 'QUOTA_MODE',
  /** `refuse` calls while the quota store fails, or `admit` them uncounted. */
  quotaWhenStoreFails: 'QUOTA_WHEN_STORE_FAILS',
  /** Bookings of one consumer that have not ended. */
  bookingsPerConsumer: 'BOOKINGS_PER_CONSUMER',
  /** Part of the bookable rate that the bookings of one consumer hold together at any instant. */
  bookingConsumerShare: 'BOOKING_CONSUMER_SHARE',
  /** How long a booking may last, in days. */
  bookingDays: 'BOOKING_DAYS',
  /** Bookings of all consumers that have not ended. */
  bookingsInAll: 'BOOKINGS_IN_ALL',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of decisions about requests. */
  requestsTable: 'REQUESTS_TABLE',
  /** `on` stores the decisions about native requests for a day; `off` stores none. */
  requestLog: 'REQUEST_LOG',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`, two indexes) of the audit log. */
  auditTable: 'AUDIT_TABLE',
  /** How long audit entries are kept, in days. */
  auditRetentionDays: 'AUDIT_RETENTION_DAYS',
  /** `refuse` writes that cannot be recorded, or `admit` them. */
  auditWhenStoreFails: 'AUDIT_WHEN_STORE_FAILS',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of idempotency keys and first answers. */
  idempotencyTable: 'IDEMPOTENCY_TABLE',
  /** How long a first answer is replayed, in hours. */
  idempotencyHours: 'IDEMPOTENCY_HOURS',
  /** `on`: /openapi.json has the aliases of the seed below the base path of the tenant. */
  seedAliases: 'SEED_ALIASES',
  /** Rules of the signing check, as JSON (shared/actions/signing-rules.ts). */
  signingRules: 'SIGNING_RULES',
  /** Calls to the tenant in a minute that all signing checks together may take. */
  signingCallsPerMinute: 'SIGNING_CALLS_PER_MINUTE',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of linked tokens, encrypted, and of links under way. */
  tokensTable: 'TOKENS_TABLE',
  /** Client id at the tenant's login pages; empty = nobody can link a token. */
  oauthClientId: 'OAUTH_CLIENT_ID',
  /** `token` = implicit grant, `code` = authorization code with PKCE. */
  oauthResponseType: 'OAUTH_RESPONSE_TYPE',
  oauthScope: 'OAUTH_SCOPE',
  /** Paths on the tenant's origin. */
  oauthAuthorizePath: 'OAUTH_AUTHORIZE_PATH',
  oauthTokenPath: 'OAUTH_TOKEN_PATH',
  /** `refuse` answers of the login without a state, or `accept` them with the cookie alone. */
  oauthWithoutState: 'OAUTH_WITHOUT_STATE',
  /** After this many idle hours, a token is touched. */
  tokenTouchHours: 'TOKEN_TOUCH_HOURS',
  /** Request headers that are sent to the upstream in addition to the common list, as a comma list. */
  addedHeaders: 'ADDED_HEADERS',
  /** Links are not rewritten in documents that decode to more than this many MiB. */
  documentMostDecodedMiB: 'DOCUMENT_MOST_DECODED_MIB',
  /** Most answers above 1 MiB in flight for one consumer. */
  largeAnswersPerConsumer: 'LARGE_ANSWERS_PER_CONSUMER',
  /**
   * Most answers above 1 MiB in flight for all consumers together: half of the concurrency of the functions in the
   * pool.
   */
  largeAnswersInAll: 'LARGE_ANSWERS_IN_ALL',
  /** The pool of functions that share that number, because they share their concurrency. */
  largeAnswersPool: 'LARGE_ANSWERS_POOL',
  /**
   * A caller that reads less than 16 KiB/s for this many seconds is cut. Only tests set it; a stage has the default.
   */
  slowReaderSeconds: 'SLOW_READER_SECONDS',
  /**
   * How many times longer than usual functions wait for the answers of DynamoDB and KMS. Only the twin sets it: its emulators
   * share a machine with everything else. A stage has 1.
   */
  storePatience: 'STORE_PATIENCE',
  /** URL of the SQS queue for the facade's own events (docs/events.md). */
  operationsQueueUrl: 'OPERATIONS_QUEUE_URL',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`, index `receiptIndex`) of notifications and heads of entities. */
  notificationsTable: 'NOTIFICATIONS_TABLE',
  /** URL of the FIFO queue between the ledger of notifications and the dispatcher. */
  ingressQueueUrl: 'INGRESS_QUEUE_URL',
  /** The AWS account and partition that the stage is in. */
  accountId: 'ACCOUNT_ID',
  partition: 'AWS_PARTITION_NAME',
  /** ARN of the role that sends to the queues of subscribers. */
  senderRoleArn: 'SENDER_ROLE_ARN',
  /** ARN of the role that sends codes of confirmation and test events. */
  testerRoleArn: 'TESTER_ROLE_ARN',
  /** Subscriptions that one consumer may have. */
  subscriptionsPerConsumer: 'SUBSCRIPTIONS_PER_CONSUMER',
  /** Replays and redrives of one consumer that may be under way. */
  replaysPerConsumer: 'REPLAYS_PER_CONSUMER',
  /** How far back the first pull of a stage looks, in days; 0 = it begins at the present. */
  notificationsBackfillDays: 'NOTIFICATIONS_BACKFILL_DAYS',
  /** `on` dismisses in the tenant what was handled; `off` leaves it as it is. */
  notificationsDismiss: 'NOTIFICATIONS_DISMISS',
  /** URL of the dead-letter queue of that. */
  ingressDeadLettersUrl: 'INGRESS_DEAD_LETTERS_URL',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of subscriptions, replays and intervals. */
  subscriptionsTable: 'SUBSCRIPTIONS_TABLE',
  /** Queues of the parts of the facade that get notifications, as JSON (shared/fan-out/own-subscribers.ts). */
  ownQueues: 'OWN_QUEUES',
  /** The names of every queue of the stage and of its dead-letter queue, with one URL, as JSON, for the health check. */
  queues: 'QUEUES',
  /** Mirrors with their queues, as JSON (shared/mirrors/mirror.ts). */
  mirrors: 'MIRRORS',
  /** URL of the queue from which a function gets notifications, and of its dead-letter queue. */
  eventsQueueUrl: 'EVENTS_QUEUE_URL',
  eventsDeadLettersUrl: 'EVENTS_DEAD_LETTERS_URL',
  /** URL of the standard queue by which the function `notifications` asks the function `pull` for a pull. */
  pullsQueueUrl: 'PULLS_QUEUE_URL',
  /** URL of the standard queue of replays, and of its dead-letter queue. */
  replaysQueueUrl: 'REPLAYS_QUEUE_URL',
  replaysDeadLettersUrl: 'REPLAYS_DEAD_LETTERS_URL',
  /** URL of the standard queue of documents that are to be read for events, and of its dead-letter queue. */
  enrichmentsQueueUrl: 'ENRICHMENTS_QUEUE_URL',
  enrichmentsDeadLettersUrl: 'ENRICHMENTS_DEAD_LETTERS_URL',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of exports: runs, jobs of consumers, leases. */
  exportsTable: 'EXPORTS_TABLE',
  /** S3 bucket of the files of exports, which empties itself after 30 days. */
  exportsBucket: 'EXPORTS_BUCKET',
  /** Exports at work at a time. */
  exportsAtATime: 'EXPORTS_AT_A_TIME',
  /** Open exports of one consumer. */
  exportsPerConsumer: 'EXPORTS_PER_CONSUMER',
  /** Name of the durable function that makes exports, with its alias. */
  jobsFunction: 'JOBS_FUNCTION',
  /** DynamoDB table (pk, sk, indexes `archiveIndexes`) of the archive: orders, versions and the chain. */
  archiveTable: 'ARCHIVE_TABLE',
  /** S3 bucket of the archive. */
  archiveBucket: 'ARCHIVE_BUCKET',
  /** `none`, or Object Lock of new objects of the archive as mode and years: `GOVERNANCE 10`. */
  archiveLock: 'ARCHIVE_LOCK',
  /** ARN of the KMS key that signs the heads of the archive's chain. */
  archiveSigningKey: 'ARCHIVE_SIGNING_KEY',
  /** A head is signed again after so many minutes. */
  archiveSealMinutes: 'ARCHIVE_SEAL_MINUTES',
  /** In so many days every PDF of the archive is read and hashed once. */
  archiveVerifyDays: 'ARCHIVE_VERIFY_DAYS',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of lists, sources and copies of what they served. */
  listsTable: 'LISTS_TABLE',
  /** S3 bucket of CSV files that operators put, below `csv/`. */
  listsBucket: 'LISTS_BUCKET',
  /** Networks in which systems of record may be, as a comma list (shared/lists/networks.ts). */
  sourceNetworks: 'SOURCE_NETWORKS',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`, index `driftIndex`) of registrations of samples. */
  samplesTable: 'SAMPLES_TABLE',
  /** Longest wait for the first byte of an upstream answer, in seconds. */
  upstreamFirstByteSeconds: 'UPSTREAM_FIRST_BYTE_SECONDS',
} as const;

/** `source` of the events of a stage: the facade's own, and those that subscribers get. */
export const eventSourceOf = (stage: string): string => `/signals-facade/${stage}`;

/** Alias of the published version on which new executions of a durable function start. */
export const liveAlias = 'live';

/** Attributes of every table of the facade. */
export const tableAttributes = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'deleteAtSeconds' } as const;

/** Indexes of the audit table: partition key `consumer` or `entity`, sort key as the table's. */
export const auditIndexes = { byConsumer: 'byConsumer', byEntity: 'byEntity' } as const;

/** Indexes of the archive's table over its chain: only claims whose manifest is written have the sort key. */
export const archiveIndexes = {
  byTime: { name: 'byTime', partitionKey: 'listed', sortKey: 'place' },
  byEntity: { name: 'byEntity', partitionKey: 'entity', sortKey: 'place' },
  byNotebook: { name: 'byNotebook', partitionKey: 'notebook', sortKey: 'place' },
  byPerson: { name: 'byPerson', partitionKey: 'closedBy', sortKey: 'place' },
} as const;

/** Partition keys of the chain of the audit log, in the table of the archive. */
export const auditChainKeys = { claims: 'AUDIT-CHAIN', state: 'AUDIT-STATE' } as const;

/** Index of the table of notifications by time of receipt: keys only. */
export const receiptIndex = { name: 'byReceipt', partitionKey: 'month', sortKey: 'receipt' } as const;

/** Index of the table of registrations: only drifted samples have its keys. */
export const driftIndex = { name: 'byDrift', partitionKey: 'drifted', sortKey: 'place' } as const;

/** Header of a push that a facade has forwarded, with the name of its stage: it is not forwarded again. */
export const mirroredHeader = 'x-signals-facade-mirror';

/** Upstreams whose keys the facade holds; the first is meant where none is named. */
export const upstreamNames = ['signals'] as const;

/** Media type of every JSON:API document, errors of the gateway included. */
export const jsonApiMediaType = 'application/vnd.api+json';

/** Member of the KMS encryption context that every upstream credential has; the functions' rights to decrypt name it. */
export const credentialContext = { name: 'purpose', purpose: 'upstream-credential' } as const;
