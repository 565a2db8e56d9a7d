/** npm run smoke against servers that do to requests what AWS may do; test/e2e/secrets.test.ts runs it against the twin. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAsk } from '../../../local/smoke/ask.ts';
import { checks } from '../../../local/smoke/checks.ts';
import { smoke } from '../../../local/smoke/command.ts';
import { runChecks } from '../../../local/smoke/run.ts';
import { createKey } from '../../../shared/consumers/consumer.ts';
import { runCommand, runScript } from '../../support/command.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';

const native = '/api/rest/v1.0';
const nativeHeaders = { 'content-type': 'application/vnd.api+json', 'x-acting-as': 'service' };

/** A stage on which everything is as documented; a case answers some requests in another way. */
const stage =
  (
    special: (target: string, method: string, headers: readonly (readonly [string, string])[]) => number | undefined,
  ): Answering =>
  ({ target, method, headers }, response) => {
    const status = special(target, method, headers);
    if (status === 0) return void response.destroy();
    if (status !== undefined) return void response.writeHead(status).end('<html>');
    const path = target.replace(/^\/dev/, '').replace(/^\/\//, '/');
    if (method === 'PROPFIND') return void response.writeHead(403).end('{"errors":[{"code":"ROUTE_UNKNOWN"}]}');
    if (path === '/openapi.json') return void response.writeHead(200, { 'content-length': '2' }).end('{}');
    if (!path.startsWith(native)) return void response.writeHead(200).end('{}');
    const isFound = path.startsWith(`${native}/users`) || path.includes('/search');
    const links = { self: `https://facade.example.com${path}` };
    response.writeHead(isFound ? 200 : 404, nativeHeaders).end(JSON.stringify({ links, data: [] }));
  };

const run = async (special: Parameters<typeof stage>[0], large?: string) => {
  const { url, seen } = await startUpstream(stage(special));
  const lines: string[] = [];
  const ask = createAsk(new URL(`${url}/dev`), 'the-key');
  const counts = await runChecks(ask, { large, stallMillis: 50 }, (line) => lines.push(line));
  const verdictOf = (name: string) => lines.find((line) => line.includes(name))?.split(' ')[0];
  return { lines, counts, seen, verdictOf };
};

describe('the smoke checks', () => {
  it('find a stage in order that does what the documents say, with few requests and only reads', async () => {
    const { lines, counts, seen } = await run(() => undefined);
    expect(lines).toHaveLength(checks.length);
    expect(counts, lines.join('\n')).toEqual({ ok: checks.length - 1, differs: 0, failed: 0, unknown: 0, skipped: 1 });
    expect(seen.length).toBeLessThanOrEqual(22);
    const methods = new Set(seen.map(({ method, target }) => (target.includes('/search') ? 'search' : method)));
    expect(methods).toEqual(new Set(['GET', 'HEAD', 'PROPFIND', 'search']));
    expect(lines.join('\n')).not.toContain('the-key');
  });

  it('send raw what is to be raw', async () => {
    const { seen } = await run(() => undefined);
    const targets = seen.map(({ target }) => target);
    expect(targets).toContainEqual(expect.stringContaining('/entities/smoke-check[1]'));
    expect(targets).toContainEqual(expect.stringContaining('100%25'));
    const searches = seen.filter(({ target }) => target.includes('/search'));
    const names = searches.map(({ headers }) => headers.map(([name]) => name.toLowerCase()));
    expect(names.map((own) => own.includes('transfer-encoding'))).toEqual([false, true]);
    expect(names.map((own) => own.includes('content-length'))).toEqual([true, false]);
  });

  it.each<[string, string, Parameters<typeof stage>[0]]>([
    ['raw brackets in a path', 'differs', (target) => (target.includes('[') ? 400 : undefined)],
    ['a trailing slash', 'differs', (target) => (target.endsWith('smoke-check/') ? 403 : undefined)],
    ['two slashes', 'differs', (target) => (target.startsWith('/dev//') ? 403 : undefined)],
    ['an unknown verb', 'differs', (_target, method) => (method === 'PROPFIND' ? 405 : undefined)],
    [
      'a body in chunks',
      'differs',
      (_t, _m, headers) => (headers.some(([name]) => /^transfer-encoding$/i.test(name)) ? 411 : undefined),
    ],
    ['a body in chunks', 'unknown', (target) => (target.includes('/search') ? 403 : undefined)],
    ['the length of a HEAD', 'differs', (_target, method) => (method === 'HEAD' ? 200 : undefined)],
    ['raw brackets in a path', 'failed', (target) => (target.includes('[') ? 0 : undefined)],
  ])('tell that %s: %s', async (name, verdict, special) => {
    const { verdictOf, counts } = await run(special);
    expect(verdictOf(name)).toBe(verdict);
    expect(counts.differs + counts.failed + counts.unknown).toBe(1);
  });

  it('tell nothing more where the key is not taken', async () => {
    const { counts, seen, lines } = await run((target) => (target.endsWith('/v1/me') ? 401 : undefined));
    expect(counts).toMatchObject({ ok: 2, failed: 1, skipped: checks.length - 3 });
    expect([seen.length, lines.length]).toEqual([3, checks.length]);
  });

  it.each<[string, number, boolean, string]>([
    ['whole', 9 * 1_048_576, false, 'differs'],
    ['cut', 9 * 1_048_576, true, 'ok'],
    ['too small', 1_000, false, 'unknown'],
  ])('tell what became of a stalled reader, whose file comes %s', async (_how, size, cut, verdict) => {
    const { url } = await startUpstream((request, response, count) => {
      if (!request.target.endsWith('/file')) return stage(() => undefined)(request, response, count);
      response.writeHead(200, { 'x-acting-as': 'service', 'content-length': String(size) });
      if (!cut) return void response.end(Buffer.alloc(size));
      response.write(Buffer.alloc(size / 2));
      setTimeout(() => response.destroy(), 20);
    });
    const lines: string[] = [];
    await runChecks(createAsk(new URL(url), 'k'), { large: `${native}/file`, stallMillis: 50 }, (line) =>
      lines.push(line),
    );
    expect(lines.at(-1)).toMatch(new RegExp(`^${verdict} +the pace of a stalled reader`));
  });
});

describe('npm run smoke', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facade-smoke-'));
  const script = 'local/smoke/main.ts';
  const cli = (...parameters: string[]) => runCommand(script, smoke, parameters);
  const keyFile = (content: string, mode = 0o600): string => {
    const file = join(folder, `key-${Math.random()}`);
    writeFileSync(file, content);
    chmodSync(file, mode);
    onTestFinished(() => rmSync(file));
    return file;
  };

  it('ends with 2 and one sentence for parameters that are wrong, and sends nothing', async () => {
    const good = keyFile(`${createKey()}\n`);
    const mistyped = `${createKey().slice(0, -2)}00`;
    const url = 'https://x.example.com/dev';
    const cases: [string[], string][] = [
      [[], '--url is the base URL'],
      [['--url', 'ftp://x'], '--url is the base URL'],
      [['--url', 'http://x.example.com'], '--url starts with https'],
      // Node asks DNS for it.
      [['--url', 'http://x.localhost'], '--url starts with https'],
      [['--url', 'https://u:p@x.example.com'], '--url holds no user'],
      [['--url', url], '--key-file names'],
      [['--url', url, '--key-file', join(folder, 'none')], 'ENOENT'],
      [['--url', url, '--key-file', keyFile('')], 'holds one key'],
      [['--url', url, '--key-file', keyFile('a\nb')], 'holds one key'],
      [['--url', url, '--key-file', keyFile(mistyped)], 'mistyped'],
      [['--url', url, '--key-file', good, '--large', '/v1/me'], '--large starts with'],
      [['--url', url, '--key', 'x'], "Unknown option '--key'"],
    ];
    for (const [parameters, wanted] of nonEmpty(cases)) {
      const { code, stdout, stderr } = await cli(...parameters);
      expect([code, stdout], stderr).toEqual([2, '']);
      expect(stderr).toContain(wanted);
      expect(stderr).not.toContain(mistyped);
      expect(stderr).toContain('Usage:');
    }
    expect(await runScript(script, [])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:'),
    });
    expect(await cli('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') });
  });

  it('ends with 0 or 1 by what it found, hints at the rights of the key file, and shows no key', async () => {
    const key = createKey();
    const file = keyFile(key, 0o644);
    const good = await startUpstream(stage(() => undefined));
    const fine = await cli('--url', good.url, '--key-file', file);
    expect([fine.code, fine.stderr]).toEqual([0, expect.stringContaining(`chmod 600 ${file}`)]);
    const bad = await startUpstream(stage(() => 500));
    const poor = await runScript(script, ['--url', bad.url, '--key-file', file]);
    expect(poor.code).toBe(1);
    const closed = await cli('--url', 'http://127.0.0.1:1', '--key-file', file);
    expect([closed.code, closed.stdout]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
    for (const { stdout, stderr } of [fine, poor, closed]) expect(stdout + stderr).not.toContain(key);
  });
});
