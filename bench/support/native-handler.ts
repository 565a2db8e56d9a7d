/** The handler of the native surface as functions/native.ts makes it, on stores in memory and a transport of choice. */
import { httpHandler } from '../../functions/edge/http-handler.ts';
import { createMemoryConsumerRegistry } from '../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../shared/consumers/identify.ts';
import { createMemoryCredentialVault } from '../../shared/credentials/adapters/memory.ts';
import { createCredentialChooser } from '../../shared/credentials/choose.ts';
import { createServiceKeys } from '../../shared/credentials/service-keys.ts';
import { type AnswerCache, noCache, noQuota } from '../../shared/exchange/exchange.ts';
import type { UpstreamTransport } from '../../shared/exchange/transport.ts';
import { createNativePipeline } from '../../shared/pipeline/pipeline.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';

/** As long and as varied as a tenant's keys: what looks for it in answers passes most characters over. */
const tenantKey = 'kX9vQm3TzR7pLw2Yh8Bd5Fs1NcJ6gAe4Ui0Ot';

export const publicUrl = 'https://facade.example.com/prod';

export const createBenchHandler = async (
  origin: string,
  transport: UpstreamTransport,
  cache: AnswerCache = noCache,
): Promise<unknown> => {
  const registry = createMemoryConsumerRegistry();
  await registry.save({ id: 'bench-app', scopes: ['*:*'], state: 'active' }, hashKey('bench-app'));
  const pipeline = createNativePipeline({
    upstream: createSignalsUpstream(origin),
    identifier: createIdentifier(registry, systemClock),
    credentials: createCredentialChooser(
      createServiceKeys(createMemoryCredentialVault({ signals: tenantKey }), systemClock),
    ),
    cache,
    quota: noQuota,
    transport,
    firstByteMillis: 25_000,
  });
  return httpHandler(publicUrl, (request, facts) =>
    pipeline.answer({ ...request, path: request.path.slice(signalsBasePath.length) || '/' }, facts),
  );
};
