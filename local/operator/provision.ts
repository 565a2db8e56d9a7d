/** Stores the upstream's API key and consumers in a stage. The twin is seeded in the same way. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoConsumerRegistry, createDynamoConsumerStore } from '../../shared/consumers/adapters/dynamodb.ts';
import { recordChanges } from '../../shared/consumers/changes.ts';
import { createKey, hashKey } from '../../shared/consumers/consumer.ts';
import { oidcPointer } from '../../shared/consumers/store.ts';
import type { AccountProbe } from '../../shared/credentials/account-probe.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import { createKmsEnvelope } from '../../shared/credentials/adapters/kms-envelope.ts';
import { defaultOwner } from '../../shared/credentials/key-admin.ts';
import { poolChanges } from '../../shared/credentials/key-changes.ts';
import { Consumer } from '../../shared/exchange/consumer.ts';
import { noQuota } from '../../shared/exchange/exchange.ts';
import type { UpstreamTransport } from '../../shared/exchange/transport.ts';
import { createDynamoMirrorHeaders } from '../../shared/mirrors/adapters/header-stores.ts';
import { mirrorRecord } from '../../shared/mirrors/header-store.ts';
import { createDynamoHookHeaders } from '../../shared/notifications/adapters/hook-headers.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';
import { createAccountProbe } from '../../shared/pipeline/account-probe.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { ensureKnownScopes } from './known-scopes.ts';
import { type AuditSettings, createRecording, notRecorded } from './recording.ts';
import { UsageError } from './usage-error.ts';

export type StageResources = {
  readonly consumersTable: string;
  readonly credentialsTable: string;
  /** Id or ARN of the KMS key of the credentials. */
  readonly credentialsKey: string;
  /** The most API keys kept for one upstream; left out = the default of a stage. */
  readonly credentialPoolSize?: number | undefined;
  /** Origin of the tenant, for a check of the account of a new key; left out = the key is stored unchecked. */
  readonly tenantUrl?: string | undefined;
  /** Table of notifications, which contains the header of the hook; absent = the stage has no such table. */
  readonly notificationsTable?: string | undefined;
  /** Table of subscriptions, and the role that sends to their queues; absent = the stage has no such table. */
  readonly subscriptionsTable?: string | undefined;
  readonly senderRoleArn?: string | undefined;
  /** `<name>@<host>` of each mirror of the stage, or `none`; absent = not known. */
  readonly mirrors?: readonly string[] | undefined;
  /** Table of the archive, and whether its bucket has Object Lock; absent = the stage has none. */
  readonly archive?: { readonly table: string; readonly hasLocks: boolean } | undefined;
  /** Where commands are recorded; left out = nowhere. */
  readonly audit?: AuditSettings | undefined;
};

type ConsumerOptions = {
  readonly key?: string;
  readonly actsAs?: Consumer['actsAs'];
  /** A client whose tokens identify it. It stays with another consumer that has it. */
  readonly oidc?: Consumer['oidc'];
  /** As it is recorded. */
  readonly command?: 'add-admin' | 'add-consumer';
};

/** Where the AWS services are; left out = the real ones, with the credentials of the shell. */
export type Endpoints = { readonly dynamodb: string; readonly kms: string };

const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const clientSettings = (endpoint: string | undefined) =>
  endpoint === undefined ? {} : { endpoint, region: 'us-east-1', credentials: localCredentials };

/** One call of the operator's own, outside the budget of the stage. */
const probeOf = (tenantUrl: string, transport: UpstreamTransport): AccountProbe =>
  createAccountProbe(createSignalsUpstream(tenantUrl), { transport, quota: noQuota, firstByteMillis: 10_000 });

export const createProvisioner = (resources: StageResources, endpoints?: Endpoints) => {
  const client = new DynamoDBClient(clientSettings(endpoints?.dynamodb));
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const kms = new KMSClient(clientSettings(endpoints?.kms));
  const registry = createDynamoConsumerRegistry(dynamo, resources.consumersTable);
  const consumers = createDynamoConsumerStore(dynamo, resources.consumersTable);
  const transport = createNodeHttpTransport();
  const recorded = resources.audit ? createRecording(client, resources.audit, endpoints !== undefined) : notRecorded;
  const vault = createDynamoKmsCredentialVault(dynamo, kms, {
    tableName: resources.credentialsTable,
    keyId: resources.credentialsKey,
    poolSize: resources.credentialPoolSize,
    probe: resources.tenantUrl === undefined ? undefined : probeOf(resources.tenantUrl, transport),
  });

  return {
    /**
     * Stores the upstream's API key encrypted; the one before it is retired.
     * @throws AppError CREDENTIAL_REFUSED, CREDENTIAL_MISMATCH, CREDENTIAL_KNOWN, CREDENTIAL_POOL_FULL, AUDIT_UNAVAILABLE.
     */
    putCredential: (upstream: string, secret: string): Promise<void> =>
      recorded({ name: 'put-credential', target: defaultOwner, asked: { upstream } }, async () => {
        const before = await vault.keys.list(upstream);
        await vault.write(upstream, secret);
        return poolChanges(before, await vault.keys.list(upstream), defaultOwner);
      }),
    /**
     * Writes an active consumer and returns its key, which is kept nowhere. A repeated call adds a key and sets the scopes.
     * @throws AppError KEYS_FULL when it has two others; AUDIT_UNAVAILABLE.
     * @throws UsageError for an unknown scope.
     */
    async addConsumer(
      id: string,
      scopes: readonly string[],
      { key = createKey(), actsAs, oidc, command = 'add-consumer' }: ConsumerOptions = {},
    ): Promise<string> {
      ensureKnownScopes(scopes);
      await recorded({ name: command, target: id, asked: { scopes, actsAs } }, async () => {
        const before = await consumers.read(id);
        const present = before?.consumer;
        const client = oidc && (await consumers.point(oidcPointer(oidc), id)) ? oidc : present?.oidc;
        const kinds = actsAs ?? present?.actsAs;
        const consumer = Consumer.parse({ ...present, id, scopes, state: 'active', actsAs: kinds, oidc: client });
        await registry.save(consumer, hashKey(key));
        return recordChanges(before, await consumers.read(id));
      });
      return key;
    },
    /**
     * Sets the header by which pushes of the tenant are known. Only a salted hash of the value is kept; the value before it stays valid.
     * @param endsOthers ends it at once.
     * @throws UsageError where the stage takes no pushes; AppError AUDIT_UNAVAILABLE, NOTIFICATIONS_UNAVAILABLE.
     */
    async putHookHeader(name: string, value: string, endsOthers = false): Promise<void> {
      const { notificationsTable } = resources;
      if (notificationsTable === undefined)
        throw new UsageError('The stage was deployed by a version without notifications.');
      const store = createDynamoHookHeaders(dynamo, notificationsTable);
      await recorded({ name: 'put-hook-header', target: name, asked: { endsOthers } }, async () => {
        const before = await store.read();
        const header = withValue(before, { name, value, nowMillis: Date.now(), endsOthers });
        await store.write(header);
        return [{ of: name, field: 'values', old: before?.values.length ?? 0, new: header.values.length }];
      });
    },
    /**
     * Sets the value of the header by which a mirror recognises pushes. It is stored sealed.
     * @throws UsageError where the stage takes no pushes, or has no such mirror; AppError AUDIT_UNAVAILABLE, NOTIFICATIONS_UNAVAILABLE,
     * KEY_SERVICE_UNAVAILABLE.
     */
    async putMirrorHeader(mirror: string, host: string, value: string): Promise<void> {
      const { notificationsTable, mirrors } = resources;
      if (notificationsTable === undefined)
        throw new UsageError('The stage was deployed by a version without notifications.');
      if (mirrors && !mirrors.includes(`${mirror}@${host}`))
        throw new UsageError(
          `The stage has no mirror ${mirror} at ${host}. Its mirrors, as name@host: ${mirrors.join(', ')}. Fix: deploy the setting \`mirrors\` first.`,
        );
      const store = createDynamoMirrorHeaders(dynamo, notificationsTable);
      await recorded({ name: 'put-mirror-header', target: mirror, asked: { host } }, async () => {
        const wasSet = (await store.read(mirror, host)) !== undefined;
        const envelope = createKmsEnvelope(kms, resources.credentialsKey);
        await store.write(mirror, host, await envelope.seal(mirrorRecord(mirror, host), value));
        return [{ of: mirror, field: 'value', old: wasSet ? 'set' : 'none', new: 'set' }];
      });
    },
    close(): void {
      dynamo.destroy();
      kms.destroy();
      transport.close();
    },
  };
};
