/** A refusal for too many large answers causes no further work at the upstream. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { createLargeAnswers } from '../../../shared/large-answers/large-answers.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';
import { failing, jsonApi } from './support.ts';

const limits = { perConsumer: 4, inAll: 5, pool: 'native' };
const full = createLargeAnswers({
  admission: { enter: async () => ({ refusedBy: 'large-answers-consumer' }) },
  limits,
  clock: systemClock,
});

/** Writes until the other side leaves. */
const endless = (response: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void> => {
  response.writeHead(200, headers);
  const chunk = Buffer.alloc(65_536, ' ');
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write);
  write();
  return new Promise((resolve) => response.once('close', resolve));
};

const file = { 'content-type': 'application/octet-stream' };
const length = { 'content-length': '62914560' };

describe.each<[string, string, Readonly<Record<string, string>>]>([
  ['a file of announced length', '/entities/e1/export', { ...file, ...length }],
  ['a file of unknown length', '/entities/e1/export', file],
  ['a document of announced length', '/entities', { ...jsonApi, ...length }],
  ['a document of unknown length', '/entities', jsonApi],
])('%s that is refused', (_what, path, headers) => {
  it.each([true, false])('ends the call upstream, with a cache (%s) or without', async (hasCache) => {
    const ended = Promise.withResolvers<void>();
    const { url } = await startUpstream((_request, response) => void endless(response, headers).then(ended.resolve));
    const store = createMemoryCacheStore(systemClock);
    const cache = createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store) });
    const { pipeline } = await createTestPipeline(url, { largeAnswers: full, ...(hasCache ? { cache } : {}) });
    expect(await failing(pipeline.answer(nativeRequest({ path })))).toMatchObject({ code: 'TOO_MANY_LARGE_ANSWERS' });
    await ended.promise;
  });
});

describe('an answer that leads elsewhere', () => {
  it('ends the call upstream when it is refused', async () => {
    const ended = Promise.withResolvers<void>();
    const { url } = await startUpstream((_request, response) => {
      response.writeHead(302, { ...file, location: 'https://elsewhere.example.com/' }).write('some');
      response.once('close', ended.resolve);
    });
    const { pipeline } = await createTestPipeline(url);
    expect(await failing(pipeline.answer(nativeRequest()))).toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
    await ended.promise;
  });
});
