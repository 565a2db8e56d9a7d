/** An export, from the wish to the bytes. */
import { describe, expect, it } from 'vitest';
import { ExportError } from '../src/index.ts';
import { fakeFacade, type Handle, json } from './fake-facade.ts';

const stands =
  (state: string, more: object = {}): Handle =>
  () =>
    json({ data: { type: 'export', id: 'e1', attributes: { state, ...more } } }, 202);
const wish = { kind: 'pdf', entity: 'experiment:e1', options: { history: true } } as const;

/** Gives `text` from the asked byte on, `most` bytes in an answer. */
const file =
  (text: string, most: number): Handle =>
  ({ headers }) => {
    const [, from = '0'] = /^bytes=(\d+)-$/.exec(headers.get('range') ?? '') ?? [];
    return new Response(text.slice(Number(from), Number(from) + most), { status: 206 });
  };
/** A body that breaks after these bytes. */
const broken =
  (text: string): Handle =>
  () => {
    const chunks = [text];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk === undefined) controller.error(new TypeError('terminated'));
        else controller.enqueue(new TextEncoder().encode(chunk));
      },
    });
    return new Response(body, { status: 206 });
  };

describe('an export', () => {
  it('is asked for once, waited for, and fetched', async () => {
    const states: string[] = [];
    const handles = [stands('queued'), stands('running'), stands('succeeded', { sizeBytes: 4 }), file('%PDF', 9)];
    const { client, seen, waits } = fakeFacade(handles);
    const done = await client.export(wish, { onProgress: ({ attributes }) => states.push(attributes.state) });
    expect([states, waits]).toEqual([
      ['queued', 'running', 'succeeded'],
      [1_000, 2_000],
    ]);
    expect(await new Response(done.content()).text()).toBe('%PDF');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ data: { type: 'export', attributes: wish } });
    expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen.at(-1)?.headers).toMatchObject({ range: 'bytes=0-', 'x-api-key': 'sfk_test' });
  });

  it('waits at most a quarter of a minute between two looks', async () => {
    const open = Array.from({ length: 8 }, () => stands('running'));
    const { client, waits } = fakeFacade([...open, stands('succeeded')]);
    await client.waitForExport('e1');
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  });

  it('ends its waiting when the signal says so', async () => {
    const { client } = fakeFacade([stands('running')]);
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(client.export(wish, { signal })).rejects.toThrow('no longer wanted');
  });

  it.each([
    [{ state: 'failed', failure: { code: 'NEVER_READY', detail: 'No PDF came.' } }, 'NEVER_READY', 'No PDF came.'],
    [{ state: 'cancelled' }, 'CANCELLED', 'The export was cancelled.'],
  ])('that ends without a file throws its code and its sentence: %o', async ({ state, ...more }, code, message) => {
    const { client } = fakeFacade([stands('queued'), stands(state, more)]);
    const outcome = client.export(wish);
    await expect(outcome).rejects.toBeInstanceOf(ExportError);
    await expect(outcome).rejects.toMatchObject({ code, message, id: 'e1' });
  });
});

describe('the file of an export', () => {
  const finished = async (sizeBytes: number, ...handles: readonly Handle[]) => {
    const { client, seen } = fakeFacade([stands('succeeded', { sizeBytes }), ...handles]);
    const done = await client.waitForExport('e1');
    return { done, ranges: () => seen.slice(1).map(({ headers }) => headers.range) };
  };

  it('that is too large for one answer comes in several', async () => {
    const { done, ranges } = await finished(10, file('0123456789', 4));
    expect(await new Response(done.content()).text()).toBe('0123456789');
    expect(ranges()).toEqual(['bytes=0-', 'bytes=4-', 'bytes=8-']);
  });

  it('goes on where a transfer broke', async () => {
    const { done, ranges } = await finished(10, broken('012'), file('0123456789', 10));
    expect(await new Response(done.content()).text()).toBe('0123456789');
    expect(ranges()).toEqual(['bytes=0-', 'bytes=3-']);
  });

  it.each([
    ['a transfer that brings nothing', [broken('')], 'terminated'],
    ['a file that is shorter than it should be', [file('01', 10)], 'The file ends after 2 of 10 bytes.'],
    ['a whole file in place of its rest', [file('01', 2), () => new Response('0123456789')], 'not the range'],
  ])('ends with an error for %s', async (_, handles, message) => {
    const { done } = await finished(10, ...(handles as Handle[]));
    await expect(new Response(done.content()).text()).rejects.toThrow(message);
  });

  it('without a byte is not asked for', async () => {
    const { done, ranges } = await finished(0, file('', 1));
    expect(await new Response(done.content()).text()).toBe('');
    expect(ranges()).toEqual([]);
  });

  it('of a manifest comes by its name', async () => {
    const listed = { file: '1', mediaType: 'text/csv', sizeBytes: 3, sha256: 'x' };
    const manifest = JSON.stringify({ files: [listed] });
    const { client, seen } = fakeFacade([
      stands('succeeded', { sizeBytes: manifest.length }),
      file(manifest, 1_000),
      file('a,b', 10),
    ]);
    const done = await client.waitForExport('e1');
    const [one = expect.fail()] = await done.files();
    expect(one).toEqual(listed);
    expect(await new Response(done.file(one)).text()).toBe('a,b');
    expect(seen.at(-1)?.url).toMatch(/\/v1\/exports\/e1\/content\?file=1$/);
  });
});
