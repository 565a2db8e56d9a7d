/**
 * The names that infra and the functions must agree on: infra writes these variables into each function,
 * functions/wiring.ts reads them. Nothing but names lives here, so that both rooms may import it.
 */
export const variables = {
  /** Stage name, such as `prod`; `local` in the twin. */
  stage: 'STAGE',
  /** Origin of the Signals tenant, such as `https://snb.example.com`, without a path. */
  signalsUrl: 'SIGNALS_URL',
  /** Base URL that consumers see, without a trailing slash; empty = taken from each request's domain and stage. */
  publicUrl: 'PUBLIC_URL',
  /** DynamoDB table (pk, sk) of consumers and the hashes of their keys. */
  consumersTable: 'CONSUMERS_TABLE',
  /** DynamoDB table (pk, sk) of upstream credentials, encrypted. */
  credentialsTable: 'CREDENTIALS_TABLE',
  /** Id or ARN of the KMS key that encrypts the credentials. */
  credentialsKey: 'CREDENTIALS_KEY',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of uploads. */
  uploadsTable: 'UPLOADS_TABLE',
  /** S3 bucket that holds uploaded objects until they are forwarded. */
  uploadsBucket: 'UPLOADS_BUCKET',
  /** DynamoDB table (pk, sk, TTL on `deleteAtSeconds`) of stored answers, flights and purges. */
  cacheTable: 'CACHE_TABLE',
  /** `on` lets native requests be answered from the cache; `off`, or nothing, lets every one pass it. */
  cache: 'CACHE',
  /** S3 bucket of stored answers that no item can hold. */
  cacheBucket: 'CACHE_BUCKET',
  /** DynamoDB table (pk, sk) of the tenant's budget: one item that all instances replace. */
  quotaTable: 'QUOTA_TABLE',
  /** Upstream sends in any 60 seconds, by all instances together. */
  tenantRequestsPerMinute: 'TENANT_REQUESTS_PER_MINUTE',
  /** `enforce`, or `shadow`: count, and make nobody wait. */
  quotaMode: 'QUOTA_MODE',
  /** `refuse` calls while the budget cannot be asked, or `admit` them uncounted. */
  quotaWhenStoreFails: 'QUOTA_WHEN_STORE_FAILS',
  /** Longest wait for the first byte of an upstream answer, in seconds. */
  upstreamFirstByteSeconds: 'UPSTREAM_FIRST_BYTE_SECONDS',
} as const;

/** Attributes that every table of the facade uses alike. */
export const tableAttributes = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'deleteAtSeconds' } as const;

/** Where the native surface of each upstream lives, here and there. */
export const signalsBasePath = '/api/rest/v1.0';

/** Media type of every JSON:API document, errors of the gateway included. */
export const jsonApiMediaType = 'application/vnd.api+json';

/** Member of the KMS encryption context that every upstream credential has; the functions' rights to decrypt name it. */
export const credentialContext = { name: 'purpose', purpose: 'upstream-credential' } as const;
