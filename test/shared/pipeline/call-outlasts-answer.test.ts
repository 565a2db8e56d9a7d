import { describe, expect, it } from 'vitest';
import type { AnswerCache, NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { turns } from '../../support/turns.ts';
import { startUpstream } from '../../support/upstream.ts';

describe('a call that goes on after the answer', () => {
  it('is done when its credential was told how it went', async () => {
    const { url } = await startUpstream((_request, response) => void response.writeHead(200).end());
    let call: Promise<NativeAnswer> | undefined;
    const cache: AnswerCache = {
      async answer(_exchange, forward) {
        call = forward();
        return { answer: { status: 200, headers: [], body: undefined }, cacheStatus: 'hit' };
      },
    };
    const gate = Promise.withResolvers<void>();
    const told: string[] = [];
    const credential = { kind: 'service', id: 'a', principal: 'service:signals:a', secret: 's' } as const;
    const credentials = {
      choose: async () => credential,
      personNeeded: async () => Promise.reject(new Error('not here')),
      observe: async () => {
        await gate.promise;
        told.push('observed');
      },
    };
    const { pipeline } = await createTestPipeline(url, { cache, credentials });
    expect((await pipeline.answer(nativeRequest())).status).toBe(200);
    const done = call?.then(() => told.push('done'));
    await turns();
    expect(told).toEqual([]);
    gate.resolve();
    await done;
    expect(told).toEqual(['observed', 'done']);
  });
});
