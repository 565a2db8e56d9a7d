/** What a command does when the stage does not answer as it should. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/aws.ts';
import { createCommandLine, document, refusal } from './support.ts';

const consumer = { data: { type: 'consumer', id: 'app', attributes: { state: 'active' } } };
const busy = (seconds: string) => refusal(429, 'TOO_MANY_REQUESTS', { 'retry-after': seconds });
const reset = (): never => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
};

describe('a read', () => {
  it('waits as long as Retry-After says, and then tries again', async () => {
    const { run, waits } = createCommandLine((_seen, count) => (count === 1 ? busy('7') : document(consumer)));
    const { status, stdout } = await run('consumers', 'show', 'app');
    expect([status, waits]).toEqual([0, [7_000]]);
    expect(stdout).toContain('app');
  });

  it('is tried again after a lost answer, with waits that grow, and five times at most', async () => {
    const { run, waits, seen } = createCommandLine(reset);
    const { status, stderr } = await run('consumers', 'show', 'app');
    expect([status, waits, seen.length]).toEqual([1, [500, 1_000, 2_000, 4_000], 5]);
    expect(stderr).toContain('ECONNRESET');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'])('is not tried again after %s', async (code) => {
    const { run, seen } = createCommandLine(() => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code } });
    });
    expect([(await run('consumers', 'show', 'app')).status, seen.length]).toEqual([1, 1]);
  });

  it('gives up when it would have to wait longer than it may, and says how long', async () => {
    const { run, waits } = createCommandLine(() => busy('61'));
    const { status, stderr } = await run('consumers', 'show', 'app');
    expect([status, waits]).toEqual([1, []]);
    expect(stderr).toContain('61 s');
    expect(stderr).toContain('TOO_MANY_REQUESTS (429)');
  });

  it('is tried once with --wait 0', async () => {
    const { run, seen } = createCommandLine(() => refusal(503, 'CONSUMERS_UNAVAILABLE'));
    expect([(await run('consumers', 'show', 'app', '--wait', '0')).status, seen.length]).toEqual([1, 1]);
  });
});

describe('a download', () => {
  const begin = async (answers: readonly (() => Response)[]) => {
    const path = join(await temporaryFolder(), 'a.pdf');
    const { run, seen, waits } = createCommandLine((_seen, count) => answers[count - 1]?.() ?? new Response('%PDF-'));
    const { status } = await run('archive', 'download', '1', '--output', path);
    return { status, waits, tries: seen.length, path };
  };

  it.each([
    ['429', () => busy('7'), 7_000],
    ['503', () => refusal(503, 'ARCHIVE_UNAVAILABLE'), 500],
    ['a page of the store with status 503', () => new Response('<Error>', { status: 503 }), 500],
    ['a lost answer', reset, 500],
  ])('is tried again after %s', async (_name, first, waitMillis) => {
    const { status, waits, tries, path } = await begin([first]);
    expect([status, waits, tries, await readFile(path, 'utf8')]).toEqual([0, [waitMillis], 2, '%PDF-']);
  });

  it.each([
    ['a refusal', () => refusal(404, 'ARCHIVE_UNKNOWN')],
    [
      'a file that broke off',
      () => new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) })),
    ],
  ])('is not tried again after %s', async (_name, first) => {
    const { status, tries } = await begin([first]);
    expect([status, tries]).toEqual([1, 1]);
  });
});

describe('a write', () => {
  it('under an idempotency key is tried again with the same key', async () => {
    const { run, seen } = createCommandLine((_seen, count) => (count === 1 ? reset() : document(consumer, 201)));
    expect((await run('consumers', 'create', 'app', '--scopes', '*:read')).status).toBe(0);
    const keys = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual(['id-1', 'id-1']);
  });

  it('has another key in another command', async () => {
    const { run, seen } = createCommandLine(() => document(consumer, 201));
    await run('consumers', 'create', 'app', '--scopes', '*:read');
    await run('consumers', 'create', 'app', '--scopes', '*:read');
    expect(seen.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['id-1', 'id-2']);
  });

  it('waits while the first try is carried out', async () => {
    const inProgress = refusal(409, 'IDEMPOTENCY_IN_PROGRESS', { 'retry-after': '3' });
    const { run, waits } = createCommandLine((_seen, count) => (count === 1 ? inProgress : document(consumer, 201)));
    expect((await run('consumers', 'create', 'app', '--scopes', '*:read')).status).toBe(0);
    expect(waits).toEqual([3_000]);
  });

  it('that takes no key is not tried again after a lost answer, and the open outcome is told', async () => {
    const { run, seen } = createCommandLine(reset, { secret: 'tenant-key' });
    const { status, stderr } = await run('credentials', 'add', '--owner', 'svc');
    expect([status, seen.length]).toEqual([1, 1]);
    expect(stderr).toContain('look before you repeat it');
  });

  it.each([
    ['500', () => refusal(500, 'INTERNAL')],
    ['502', () => refusal(502, 'GATEWAY_FAILED')],
    ['503', () => refusal(503, 'CREDENTIAL_STORE_UNAVAILABLE')],
    ['504', () => refusal(504, 'GATEWAY_LATE')],
    ['a page with status 200', () => new Response('<html>')],
    ['a page of a proxy with status 502', () => new Response('<html>', { status: 502 })],
  ])('that takes no key is sent once, and its open outcome is told after %s', async (_name, answer) => {
    const { run, seen } = createCommandLine(answer, { secret: 'tenant-key' });
    const { status, stderr } = await run('credentials', 'add', '--owner', 'svc');
    expect([status, seen.length]).toEqual([1, 1]);
    expect(stderr.match(/look before you repeat it/g)).toHaveLength(1);
  });

  it.each([
    ['a refusal', () => refusal(403, 'SCOPE_MISSING')],
    ['a page with status 404', () => new Response('<html>', { status: 404 })],
  ])('has no open outcome after %s', async (_name, answer) => {
    const { run } = createCommandLine(answer, { secret: 'tenant-key' });
    const { status, stderr } = await run('credentials', 'add', '--owner', 'svc');
    expect(status).toBe(1);
    expect(stderr).not.toContain('look before you repeat it');
  });

  it('that takes no key is tried again after 429, which means that nothing was done', async () => {
    const credential = { data: { type: 'credential', id: 'c1', attributes: { owner: 'svc' } } };
    const { run, seen } = createCommandLine((_seen, count) => (count === 1 ? busy('1') : document(credential, 201)), {
      secret: 'tenant-key',
    });
    expect([(await run('credentials', 'add', '--owner', 'svc')).status, seen.length]).toEqual([0, 2]);
  });

  it('with If-Match is not tried again: the first try may have made another version', async () => {
    const { run, seen } = createCommandLine(reset);
    const { status } = await run('consumers', 'suspend', 'app', '--yes', '--if-match', '3');
    expect([status, seen.length, seen[0]?.headers.get('if-match')]).toEqual([1, 1, '"3"']);
  });

  it('that deletes is done when the second try finds nothing', async () => {
    const { run } = createCommandLine((_seen, count) => (count === 1 ? reset() : refusal(404, 'CONSUMER_ABSENT')));
    const { status, stderr } = await run('consumers', 'delete', 'app', '--yes');
    expect(status).toBe(0);
    expect(stderr).toContain('Done. More than one try was needed.');
  });

  it.each([
    ['429', () => busy('1'), 0],
    ['503', () => refusal(503, 'CONSUMERS_UNAVAILABLE'), 1],
    ['a page of a proxy with status 503', () => new Response('<html>', { status: 503 }), 1],
  ])('that deletes is refused when it finds nothing after only %s', async (_, first, notes) => {
    const { run, seen } = createCommandLine((_seen, count) =>
      count === 1 ? first() : refusal(404, 'CONSUMER_ABSENT'),
    );
    const { status, stderr } = await run('consumers', 'delete', 'ap', '--yes');
    expect([status, seen.length]).toEqual([1, 2]);
    expect(stderr).toContain('CONSUMER_ABSENT (404)');
    expect(stderr).not.toContain('Done.');
    expect([...stderr.matchAll(/look before you repeat it/g)]).toHaveLength(notes);
  });

  it.each([502, 504])('that deletes is done when it finds nothing after %i and 503', async (first) => {
    const answers = [
      () => refusal(first, 'GATEWAY'),
      () => refusal(503, 'CONSUMERS_UNAVAILABLE'),
      () => refusal(404, 'CONSUMER_ABSENT'),
    ];
    const { run, seen } = createCommandLine((_seen, count) => answers[count - 1]?.() ?? reset());
    expect([(await run('consumers', 'delete', 'app', '--yes')).status, seen.length]).toEqual([0, 3]);
  });

  it('that deletes is refused when the first try finds nothing', async () => {
    const { run } = createCommandLine(() => refusal(404, 'CONSUMER_ABSENT'));
    const { status, stderr } = await run('consumers', 'delete', 'app', '--yes');
    expect([status, stderr]).toEqual([1, 'CONSUMER_ABSENT (404): A detail. Request request-1.\n']);
  });
});

describe('an answer that is not of the facade', () => {
  const html = { 'content-type': 'text/html' };
  it.each([
    ['a page', () => new Response('<html>', { status: 404, headers: html })],
    ['a page with status 200', () => new Response('<html>', { headers: html })],
    ['JSON of another kind', () => Response.json({ message: 'Missing Authentication Token' }, { status: 403 })],
    ['JSON without data', () => Response.json({})],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.example.com/' } })],
  ])('such as %s ends with status 1 and asks whether the URL is right', async (_name, answer) => {
    const { run, seen } = createCommandLine(answer);
    const { status, stdout, stderr } = await run('consumers', 'show', 'app');
    expect([status, stdout, seen.length]).toEqual([1, '', 1]);
    expect(stderr).toContain('Is the URL right?');
    expect(seen[0]?.redirect).toBe('manual');
  });

  it('but of a proxy that fails for a moment leads to another try', async () => {
    const failing = () => new Response('<html>', { status: 502, headers: html });
    const { run } = createCommandLine((_seen, count) => (count === 1 ? failing() : document(consumer)));
    expect((await run('consumers', 'show', 'app')).status).toBe(0);
  });

  it('is given up when it is endless', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_048_576)) });
    const { run } = createCommandLine(() => new Response(endless));
    const { status, stderr } = await run('consumers', 'show', 'app');
    expect(status).toBe(1);
    expect(stderr).toContain('more than 32 MiB');
  });
});
