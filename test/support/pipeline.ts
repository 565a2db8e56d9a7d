/** A native pipeline on memory adapters and a real HTTP transport, in front of any upstream. */
import { onTestFinished } from 'vitest';
import { createMemoryConsumerRegistry } from '../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../shared/consumers/identify.ts';
import { createMemoryCredentialVault } from '../../shared/credentials/adapters/memory.ts';
import { createCredentialChooser } from '../../shared/credentials/choose.ts';
import { createServiceKeys } from '../../shared/credentials/service-keys.ts';
import { type NativeRequest, noCache, noQuota } from '../../shared/exchange/exchange.ts';
import { createNativePipeline, type PipelineDependencies } from '../../shared/pipeline/pipeline.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';

export const upstreamSecret = 'upstream-secret';
export const publicUrl = 'https://facade.example.com/prod';

/** Longer than anything takes on a busy machine. A test of a limit sets its own. */
const patientMillis = 600_000;

/** `idleMillis`: how long an answer may pause. */
export type PipelineOverrides = Partial<PipelineDependencies> & { readonly idleMillis?: number };

/** Consumers `app` (everything) and `reader` (reads), each with its id as key. */
export const createTestPipeline = async (upstreamUrl: string, overrides: PipelineOverrides = {}) => {
  const { idleMillis = patientMillis, ...dependencies } = overrides;
  const registry = createMemoryConsumerRegistry();
  await registry.save({ id: 'app', scopes: ['*:*'], state: 'active' }, hashKey('app'));
  await registry.save({ id: 'reader', scopes: ['*:read'], state: 'active' }, hashKey('reader'));
  const vault = createMemoryCredentialVault({ signals: upstreamSecret });
  const transport = createNodeHttpTransport({ connectMillis: patientMillis, idleMillis });
  onTestFinished(() => transport.close());
  const pipeline = createNativePipeline({
    upstream: createSignalsUpstream(upstreamUrl),
    identifier: createIdentifier(registry, systemClock),
    credentials: createCredentialChooser(createServiceKeys(vault, systemClock)),
    cache: noCache,
    quota: noQuota,
    transport,
    firstByteMillis: patientMillis,
    ...dependencies,
  });
  return { pipeline, registry, vault };
};

/** A GET of one experiment by `app`; a case names only what matters to it. */
export const nativeRequest = (parts: Partial<NativeRequest> = {}): NativeRequest => ({
  requestId: 'request-1',
  method: 'GET',
  path: '/entities/experiment:e1',
  query: [],
  headers: [['x-api-key', 'app']],
  body: undefined,
  publicUrl,
  deadlineMillis: Date.now() + 3_600_000,
  ...parts,
});
