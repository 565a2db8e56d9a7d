/** What commands print, where, and with what status they end. */
import { createHash } from 'node:crypto';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BrokenPipe, createOutput } from '../../../../local/operator/api/output.ts';
import { temporaryFolder } from '../../../support/aws.ts';
import { baseUrl, createCommandLine, document, refusal } from './support.ts';

const entry = (id: string, attributes: object = {}) => ({ type: 'consumer', id, attributes });
const listOf = (ids: readonly string[], next?: string) =>
  document({ data: ids.map((id) => entry(id, { state: 'active', scopes: ['a:read'] })), links: next ? { next } : {} });

describe('a list', () => {
  it('is a table with the columns of the command', async () => {
    const { run } = createCommandLine(() => listOf(['app', 'long-name']));
    const { status, stdout } = await run('consumers', 'list');
    expect([status, stdout.split('\n')]).toEqual([
      0,
      ['id         state   scopes  contact', 'app        active  a:read  -', 'long-name  active  a:read  -', ''],
    ]);
  });

  it('is a line of JSON for each entry with --json', async () => {
    const { run } = createCommandLine(() => listOf(['a', 'b']));
    const { stdout } = await run('consumers', 'list', '--json');
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).id),
    ).toEqual(['a', 'b']);
  });

  it('goes on to the last page, with the query of the link, at the address that was given', async () => {
    const pages = [
      () => listOf(['a'], 'https://elsewhere.example.com/v1/consumers?page%5Blimit%5D=100&page%5Bafter%5D=a'),
      () => listOf([], 'https://elsewhere.example.com/v1/consumers?page%5Blimit%5D=100&page%5Bafter%5D=b'),
      () => listOf(['c']),
    ];
    const { run, seen } = createCommandLine((_seen, count) => pages[count - 1]?.() ?? listOf([]));
    const { stdout, stderr } = await run('consumers', 'list', '--json');
    expect(stdout.match(/"id":"."/g)).toEqual(['"id":"a"', '"id":"c"']);
    expect(stderr).toBe('');
    expect(seen.map(({ url }) => url.href)).toEqual([
      `${baseUrl}/v1/consumers?page%5Blimit%5D=100`,
      `${baseUrl}/v1/consumers?page%5Blimit%5D=100&page%5Bafter%5D=a`,
      `${baseUrl}/v1/consumers?page%5Blimit%5D=100&page%5Bafter%5D=b`,
    ]);
  });

  it.each([
    ['in the middle of a page', ['a', 'b', 'c'], undefined],
    ['at the end of a page', ['a', 'b'], '/v1/consumers?page%5Bafter%5D=b'],
  ])('stops at its bound %s and says so', async (_name, ids, next) => {
    const { run, seen } = createCommandLine(() => listOf(ids, next));
    const { status, stdout, stderr } = await run('consumers', 'list', '--most', '2', '--json');
    expect([status, stdout.split('\n').length, seen.length]).toEqual([0, 3, 1]);
    expect(stderr).toContain('--most NUMBER');
  });

  it('that fits its bound says nothing', async () => {
    const { run } = createCommandLine(() => listOf(['a', 'b']));
    expect((await run('consumers', 'list', '--most', '2')).stderr).toBe('');
  });

  it('stops at a bound of pages, because pages may be empty', async () => {
    const { run, seen } = createCommandLine((_seen, count) => listOf([], `/v1/consumers?page%5Bafter%5D=${count}`));
    const { status, stderr } = await run('consumers', 'list');
    expect([status, seen.length]).toEqual([0, 500]);
    expect(stderr).toContain('stopped at its bound');
    expect(stderr).toContain('Nothing found.');
  });

  it('in which one entry is looked for says that it was cut at the bound of pages', async () => {
    const { run, seen } = createCommandLine((_seen, count) => listOf([], `/v1/tokens?page%5Bafter%5D=${count}`));
    const { status, stderr } = await run('tokens', 'show', 't1');
    expect([status, seen.length]).toEqual([1, 500]);
    expect(stderr).toContain('there are more entries');
  });

  it('in which one entry is looked for was read whole when it has no next page', async () => {
    const { run } = createCommandLine(() => listOf(['t2']));
    const { status, stderr } = await run('tokens', 'show', 't1');
    expect([status, stderr]).toEqual([1, 'There is no entry with the id "t1" in tokens list.\n']);
  });

  it('stops when a page leads to itself', async () => {
    const { run, seen } = createCommandLine(() => listOf(['a'], '/v1/consumers?page%5Bafter%5D=a'));
    expect([(await run('consumers', 'list')).status, seen.length]).toEqual([1, 2]);
  });

  it('prints what it has before a page fails, and ends with status 1', async () => {
    const { run } = createCommandLine((_seen, count) =>
      count === 1 ? listOf(['a'], '/v1/consumers?page%5Bafter%5D=a') : refusal(403, 'SCOPE_MISSING'),
    );
    const { status, stdout, stderr } = await run('consumers', 'list', '--json');
    expect([status, stdout.includes('"a"'), stderr.includes('SCOPE_MISSING')]).toEqual([1, true, true]);
  });

  it('ends quietly and reads no further page when its reader has left', async () => {
    const { run, seen } = createCommandLine(
      (_seen, count) => listOf(['a', 'b'], `/v1/consumers?page%5Bafter%5D=${count}`),
      {
        readerLeavesAfter: 1,
      },
    );
    expect([await run('consumers', 'list', '--json'), seen.length]).toEqual([
      { status: 0, stdout: expect.stringContaining('"a"'), stderr: '' },
      1,
    ]);
  });
});

describe('text of other people', () => {
  it('cannot steer a terminal', async () => {
    const attributes = { state: 'active', contact: '\u001b[2J\u202ered\nline' };
    const { run } = createCommandLine(() => document({ data: entry('app', attributes) }));
    const { stdout } = await run('consumers', 'show', 'app');
    expect(stdout).toContain('\\u{1b}[2J\\u{202e}red\\u{a}line');
    expect(['\u001b', '\u202e'].filter((character) => stdout.includes(character))).toEqual([]);
  });

  it.each(['consumers list', 'consumers show app'])('cannot do so in the JSON of %s', async (command) => {
    const contact = '\u007f\u009b2J\u202ered\u2066\u2069\u200f\u2028\u{e0041}\ud800 é\u{1f600}';
    const data = entry('app', { contact });
    const { run } = createCommandLine(() => document({ data: command.endsWith('list') ? [data] : data }));
    const { stdout } = await run(...command.split(' '), '--json');
    expect(stdout).toContain('\\u007f\\u009b2J\\u202ered\\u2066\\u2069\\u200f\\u2028\\udb40\\udc41\\ud800 é\u{1f600}');
    const printed = JSON.parse(stdout);
    expect((printed.data ?? printed).attributes.contact).toBe(contact);
  });

  it('cannot do so in an error either', async () => {
    const errors = [
      { status: '400', code: 'REQUEST_INVALID', detail: 'Not \u001b[31m this.', source: { pointer: '/data' } },
    ];
    const { run } = createCommandLine(() => document({ errors }, 400));
    const { stderr } = await run('consumers', 'show', 'app');
    expect(stderr).toBe('REQUEST_INVALID (400): Not \\u{1b}[31m this. (pointer /data)\n');
  });
});

describe('a document', () => {
  it('is a line for each attribute, and a table for each list of objects', async () => {
    const checks = [{ name: 'store', state: 'ok', reason: 'It answers.' }];
    const data = { type: 'health', id: 'dev', attributes: { state: 'ok', checks } };
    const { run } = createCommandLine(() => document({ data }));
    expect((await run('health')).stdout).toBe(
      'id     dev\nstate  ok\n\nchecks\nname   state  reason\nstore  ok     It answers.\n',
    );
  });

  it.each([
    ['null', [null]],
    ['nothing', []],
    ['a text', ['no']],
    ['an empty object', [{}]],
  ])('is a refusal with its status when its errors are %s', async (_name, errors) => {
    const { run } = createCommandLine(() => document({ errors }, 400));
    const { status, stderr } = await run('consumers', 'show', 'app');
    expect([status, stderr]).toEqual([1, 'ERROR (400): The answer gives no reason.\n']);
    const inJson = await run('consumers', 'show', 'app', '--json');
    expect(JSON.parse(inJson.stderr).errors).toEqual([{ status: '400', title: 'The answer gives no reason.' }]);
  });

  it('is a refusal in JSON with --json', async () => {
    const { run } = createCommandLine(() => refusal(403, 'SCOPE_MISSING'));
    const { status, stderr } = await run('consumers', 'show', 'app', '--json');
    expect([status, JSON.parse(stderr).errors[0].code]).toEqual([1, 'SCOPE_MISSING']);
  });
});

describe('a new key', () => {
  const made = () =>
    document({ data: { type: 'consumer-key', id: 'k1', attributes: { key: 'sfk_new', createdAt: 'now' } } }, 201);

  it('is on standard output only, and the warning is not', async () => {
    const { run } = createCommandLine(made);
    const { status, stdout, stderr } = await run('keys', 'create', 'app', '--json');
    expect([status, JSON.parse(stdout).data.attributes.key]).toEqual([0, 'sfk_new']);
    expect(stderr).toContain('only time');
    expect(stderr).not.toContain('sfk_new');
  });

  it('is in a new file that only its owner can read, and nowhere else', async () => {
    const path = join(await temporaryFolder(), 'key');
    const { run } = createCommandLine(made);
    const { status, stdout, stderr } = await run('keys', 'create', 'app', '--new-key-file', path);
    expect([status, await readFile(path, 'utf8')]).toEqual([0, 'sfk_new\n']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(stdout).toContain('k1');
    expect(`${stdout}${stderr}`).not.toContain('sfk_new');
  });

  it('is not made where standard output is no terminal', async () => {
    const { run, seen } = createCommandLine(made, { canShow: false });
    const { status, stdout, stderr } = await run('keys', 'create', 'app');
    expect([status, stdout, seen]).toEqual([2, '', []]);
    expect(stderr).toContain('--new-key-file -');
  });

  it('is on standard output that is no terminal when the file is -', async () => {
    const { run } = createCommandLine(made, { canShow: false });
    const { status, stdout } = await run('keys', 'create', 'app', '--new-key-file', '-', '--json');
    expect([status, JSON.parse(stdout).data.attributes.key]).toEqual([0, 'sfk_new']);
  });

  it.each([
    ['no', {}],
    ['an empty', { key: '' }],
  ])('is lost when the answer has %s key, and leaves no file', async (_name, attributes) => {
    const path = join(await temporaryFolder(), 'key');
    const keyless = () => document({ data: { type: 'consumer-key', id: 'k1', attributes } }, 201);
    for (const more of [[], ['--new-key-file', path]]) {
      const { status, stdout, stderr } = await createCommandLine(keyless).run('keys', 'create', 'app', ...more);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('k1 was made and is lost');
    }
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['no document', () => new Response(null, { status: 204 })],
    ['nothing in its document', () => document({ data: null }, 201)],
  ])('is lost when the answer has %s', async (_name, answering) => {
    const { status, stderr } = await createCommandLine(answering).run('keys', 'create', 'app');
    expect([status, stderr]).toEqual([1, expect.stringContaining('The key was made and is lost')]);
  });

  it('is not made when the file is there already', async () => {
    const path = join(await temporaryFolder(), 'key');
    await writeFile(path, 'mine');
    const { run, seen } = createCommandLine(made);
    expect([(await run('keys', 'create', 'app', '--new-key-file', path)).status, seen]).toEqual([2, []]);
  });

  it('that nobody could read is told with its id, and the status is 1', async () => {
    const { run } = createCommandLine(made, { readerLeavesAfter: 0 });
    const { status, stderr } = await run('keys', 'create', 'app');
    expect([status, stderr]).toEqual([1, expect.stringContaining('k1 was made and is lost')]);
  });
});

describe('a file', () => {
  const pdf = (status: number) => (status === 303 ? null : '%PDF-');
  it.each([
    ['streamed', () => new Response(pdf(200))],
    [
      'at another address, without the key',
      (seen: { url: URL }) =>
        seen.url.hostname === 's3.example.com'
          ? new Response('%PDF-')
          : new Response(null, { status: 303, headers: { location: 'https://s3.example.com/a?sig=b' } }),
    ],
  ])('is saved when it is %s', async (_name, answering) => {
    const path = join(await temporaryFolder(), 'a.pdf');
    const { run, seen } = createCommandLine(answering);
    const { status, stdout, stderr } = await run('archive', 'download', '1', '--output', path);
    expect([status, stdout, await readFile(path, 'utf8')]).toEqual([0, '', '%PDF-']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(stderr).toMatch(/5 bytes, SHA-256 [0-9a-f]{64}\n$/);
    const elsewhere = seen.filter(({ url }) => url.hostname === 's3.example.com');
    expect(elsewhere.map(({ headers }) => headers.get('x-api-key'))).toEqual(elsewhere.map(() => null));
  });

  it.each([
    ['the facade refuses it', () => refusal(404, 'ARCHIVE_UNKNOWN'), 'ARCHIVE_UNKNOWN'],
    [
      'it breaks off',
      () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode('%P')),
            pull: (controller) => controller.error(new Error('cut')),
          }),
        ),
      'did not come whole',
    ],
    [
      'it is elsewhere without TLS',
      () => new Response(null, { status: 303, headers: { location: 'http://s3.example.com/a' } }),
      'without TLS',
    ],
    [
      'it is without TLS at a name that DNS may know',
      () => new Response(null, { status: 303, headers: { location: 'http://s3.localhost/a' } }),
      'without TLS',
    ],
  ])('is not left behind when %s', async (_name, answering, message) => {
    const path = join(await temporaryFolder(), 'a.pdf');
    const { run } = createCommandLine(answering);
    const { status, stderr } = await run('archive', 'download', '1', '--output', path);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is whole when the system takes less at a time than it is given', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.pdf');
    const probe = await open(join(folder, 'probe'), 'wx');
    const prototype: { write: (data: Uint8Array, offset?: number, length?: number) => unknown } =
      Object.getPrototypeOf(probe);
    await probe.close();
    const { write } = prototype;
    const writing = vi.spyOn(prototype, 'write').mockImplementation(function (this: unknown, data, offset = 0) {
      return write.call(this as typeof prototype, data, offset, 1);
    });
    onTestFinished(() => writing.mockRestore());
    const { run } = createCommandLine(() => new Response('%PDF-'));
    const { status, stderr } = await run('archive', 'download', '1', '--output', path);
    expect([status, await readFile(path, 'utf8')]).toEqual([0, '%PDF-']);
    expect(stderr).toContain(createHash('sha256').update('%PDF-').digest('hex'));
  });

  it('never replaces one that is there', async () => {
    const path = join(await temporaryFolder(), 'a.pdf');
    await writeFile(path, 'mine');
    const { run, seen } = createCommandLine(() => new Response('%PDF-'));
    expect([(await run('archive', 'download', '1', '--output', path)).status, seen]).toEqual([2, []]);
    expect(await readFile(path, 'utf8')).toBe('mine');
  });
});

describe('standard output', () => {
  it('tells when its reader has left, and ends no process', async () => {
    const stream = new PassThrough();
    const output = createOutput(stream);
    await output.write('one');
    stream.destroy(Object.assign(new Error('left'), { code: 'EPIPE' }));
    await expect(output.write('two')).rejects.toBeInstanceOf(BrokenPipe);
  });
});
