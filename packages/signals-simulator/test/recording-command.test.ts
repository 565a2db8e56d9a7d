/** The commands that record into a file and replay it. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { emptyFolder } from '../../../test/support/packed.ts';
import { simulate } from '../src/command-line.ts';
import { demoKey } from '../src/options.ts';
import { recordToFile } from '../src/recording/record-to-file.ts';
import { parseRecording, recordingFormat } from '../src/recording/recording.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget } from './conformance/target.ts';

const realKey = 'key-of-the-real-tenant';

let tenant: Simulator;
beforeAll(async () => {
  tenant = await startSimulator({ keys: { [realKey]: '100' }, compounds: 5 });
});
afterAll(() => tenant.close());

it.each([{ exchanges: [null] }, { exchanges: [{ method: 'GET', path: 'x', status: 200, headers: {}, body: {} }] }])(
  'refuses the file %j with the place',
  (value) => {
    const text = JSON.stringify({ format: recordingFormat, ...value });
    expect(() => parseRecording(text)).toThrow('exchanges[0] is no recorded answer');
  },
);

describe('the command', () => {
  it('records with the key of the environment, writes when it is stopped, and replays the file', async () => {
    const file = join(await emptyFolder(), 'recording.json');
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const printedUrl = () => /http:\S+(?=\/api)/.exec(log.mock.calls.flat().join('\n'))?.[0] ?? '';
    const flags = ['--port', '0', '--record', tenant.url, '--to', file];
    const { stop } = await simulate(flags, { SIGNALS_API_KEY: realKey });
    const printedKey = /x-api-key +(\S+)/.exec(log.mock.calls.flat().join('\n'))?.[1] ?? '';
    expect((await createTarget(printedUrl(), printedKey).get('/users/104')).status).toBe(200);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    stop?.();
    await expect.poll(() => exit.mock.calls).toEqual([[0]]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(realKey);

    log.mockClear();
    const replayed = await simulate(['--port', '0', '--replay', file], {});
    expect((await createTarget(printedUrl(), demoKey).get('/users/104')).json.data.attributes.firstName).toBe('Given1');
    replayed.stop?.();
    await expect.poll(() => exit.mock.calls).toHaveLength(2);
  });

  it('cleans each answer once when it ends', async () => {
    const file = join(await emptyFolder(), 'recording.json');
    const { url, key, end } = await recordToFile({ tenant: tenant.url, key: realKey }, file, 3_600_000);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { text } = await createTarget(url, key).get('/users/104');
    // Cleaning reads a document twice: it learns the names first.
    const own = text.replaceAll(url, tenant.url);
    const parse = vi.spyOn(JSON, 'parse');
    await end();
    expect(parse.mock.calls.filter(([given]) => given === own)).toHaveLength(2);
    expect(log.mock.calls).toEqual([[`1 answers are in ${file}. Read it before you share it.`]]);
  });

  it('says how many answers it leaves out, because they cannot be cleaned', async () => {
    const file = join(await emptyFolder(), 'recording.json');
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const odd = createServer(({ url }, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(url?.endsWith('/deep') ? deep : '{}'),
    );
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void odd.close());
    const { port } = odd.address() as AddressInfo;
    const { url, key, end } = await recordToFile({ tenant: `http://127.0.0.1:${port}`, key: realKey }, file);
    for (const path of ['/plain', '/deep'])
      await (await fetch(`${url}/api/rest/v1.0${path}`, { headers: { 'x-api-key': key } })).text();
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await end();
    expect(log.mock.calls.flat().join('\n')).toContain('1 answers are left out');
    const { exchanges, leftOut } = parseRecording(await readFile(file, 'utf8'));
    expect([leftOut, exchanges.map(({ path }) => path)]).toEqual([1, ['/plain']]);
  });

  it('leaves a file that another program has beside it', async () => {
    const file = join(await emptyFolder(), 'recording.json');
    await writeFile(`${file}.next`, 'of another program');
    const { end } = await recordToFile({ tenant: tenant.url, key: realKey }, file, 1);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await end();
    expect((await readdir(dirname(file))).toSorted()).toEqual(['recording.json', 'recording.json.next']);
    expect(await readFile(`${file}.next`, 'utf8')).toBe('of another program');
  });

  it('has written what came before it is stopped', async () => {
    const file = join(await emptyFolder(), 'recording.json');
    const { url, key, end } = await recordToFile({ tenant: tenant.url, key: realKey }, file, 1);
    const paths = async () => parseRecording(await readFile(file, 'utf8')).exchanges.map(({ path }) => path);
    expect(await paths()).toEqual([]);
    await createTarget(url, key).get('/users/104');
    await expect.poll(paths).toEqual(['/users/104']);
    await createTarget(url, key).get('/users/100');
    await expect.poll(paths).toEqual(['/users/104', '/users/100']);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await end();
    expect(await readdir(dirname(file))).toEqual(['recording.json']);
  });

  it('ends in order when its terminal is closed', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const once = vi.spyOn(process, 'once');
    const flags = ['--port', '0', '--record', tenant.url, '--to', join(await emptyFolder(), 'recording.json')];
    await simulate(flags, { SIGNALS_API_KEY: realKey });
    const [, onHangUp] = once.mock.calls.find(([signal]) => String(signal) === 'SIGHUP') ?? [];
    onHangUp?.();
    await expect.poll(() => exit.mock.calls).toEqual([[0]]);
  });

  const record = ['--record', 'https://snb.example.com'];
  it.each([
    [[...record, '--host', '0.0.0.0'], /listens on loopback only/],
    [[...record, '--to', 'package.json'], /^--to package\.json exists: choose another file/],
    [[...record, '--to', 'no-folder/file.json'], /^--to no-folder\/file\.json cannot be written/],
  ])('refuses %j before it records', async (flags, message) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await simulate(['--port', '0', ...flags], { SIGNALS_API_KEY: realKey })).status).toBe(1);
    expect(error.mock.calls).toEqual([[expect.stringMatching(message)]]);
  });

  it.each([
    [record, /SIGNALS_API_KEY/],
    [['--replay', 'nothing.json'], /^--replay nothing\.json cannot be read/],
    [['--replay', 'package.json'], /^--replay package\.json cannot be read: its format is not/],
    [['--document', 'nothing.json'], /^--document nothing\.json cannot be read/],
  ])('refuses %j in one line', async (flags, message) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await simulate(['--port', '0', ...flags], {})).status).toBe(1);
    expect(error.mock.calls).toEqual([[expect.stringMatching(message)]]);
  });
});
