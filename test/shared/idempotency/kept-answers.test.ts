import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { codeOf, counting, create, made, post, textOf } from './idempotency-support.ts';

describe('the answer that is kept for an Idempotency-Key', () => {
  it('lets a streamed answer pass, and says of a repetition what happened', async () => {
    const { around } = create();
    const first = await around(
      post(),
      counting(() => made(Readable.from([Buffer.from('a large '), Buffer.from('answer')]), 200)),
    );
    expect((await buffer(first.body as Readable)).toString()).toBe('a large answer');
    await expect(around(post(), counting())).rejects.toMatchObject({
      code: 'IDEMPOTENCY_UNREPLAYABLE',
      facts: { detail: expect.stringMatching(/2026-06-15T12:00:00\.000Z, was answered with 200/) },
    });
  });

  it('keeps what compresses below the bound and no more than the status of what does not', async () => {
    const noise = randomBytes(310_000);
    const text = Buffer.from('a repeated sentence. '.repeat(40_000));
    const keep = async (body: Buffer) => {
      const { around } = create();
      await around(
        post(),
        counting(() => made(body)),
      );
      return around(post(), counting());
    };
    expect(textOf(await keep(text))).toBe(text.toString());
    expect(await codeOf(keep(noise))).toBe('IDEMPOTENCY_UNREPLAYABLE');
  });

  it('keeps no body of an answer that holds a secret', async () => {
    const { around, store } = create();
    await around(
      post(),
      counting(() => made(Buffer.from('the-new-key'))),
      { keepsBody: false },
    );
    expect(await codeOf(around(post(), counting(), { keepsBody: false }))).toBe('IDEMPOTENCY_UNREPLAYABLE');
    expect(JSON.stringify([...store.records])).not.toContain('the-new-key');
  });

  it('repeats an answer without a body, and an empty one, as they were', async () => {
    for (const body of [undefined, Buffer.alloc(0)]) {
      const { around } = create();
      await around(post(), async () => ({ status: 204, headers: [], body }));
      expect((await around(post(), counting())).body).toEqual(body && new Uint8Array(0));
    }
  });
});
