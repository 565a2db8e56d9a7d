/** npm run what-if: what it prints, and its status. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runWhatIf } from '../../../local/what-if/command.ts';
import { assumptions } from '../../../shared/what-if/replay.ts';
import { isFull } from '../../support/test-size.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const document = readFileSync(join(root, 'docs/what-if.md'), 'utf8');
const block = (info: string): string =>
  new RegExp(`^\`\`\`${info}\\n([^]*?)\\n\`\`\`$`, 'm').exec(document)?.[1] ?? `no block ${info}`;

const folderWith = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'test-what-if-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return (name: string): string => join(folder, name);
};

const run = async (...args: string[]) => {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const status = await runWhatIf(args, {
    print: (text) => void printed.push(text),
    complain: (text) => void complaints.push(text),
  });
  return { status, printed: printed.join('\n'), complaints: complaints.join('\n') };
};

const lineAt = (second: number, more: object = {}): string =>
  JSON.stringify({
    ...{ message: 'request', timestamp: new Date(1_780_000_000_000 + second * 1_000).toISOString(), millis: 100 },
    ...{ requestId: `r${second}`, consumer: 'app', operation: 'GET /users', status: 200, sends: [200] },
    ...{ cacheStatus: 'fwd=uri-miss; stored; ttl=43' },
    ...more,
  });
const ndjson = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('the example of the document', () => {
  const at = () => folderWith({ 'today.json': block('json today.json'), 'plan.json': block('json plan.json') });

  it('prints what the document shows', async () => {
    const file = at();
    const log = join(root, 'docs/what-if-log.csv');
    const { status, printed, complaints } = await run('--plan', file('plan.json'), '--today', file('today.json'), log);
    expect(complaints).toBe('');
    const table = block('text');
    expect(printed.slice(0, table.length)).toBe(table);
    expect(status).toBe(0);
  });

  it('has the same sums in its JSON document', async () => {
    const file = at();
    const log = join(root, 'docs/what-if-log.csv');
    const json = await run('--json', '--plan', file('plan.json'), '--today', file('today.json'), log);
    const { recorded, today, proposed, log: read } = JSON.parse(json.printed);
    expect(read.requests).toBeGreaterThan(100);
    for (const { total } of [recorded, today, proposed]) expect(total.requests).toBe(read.requests);
    expect(today.total.refused).toBeGreaterThan(0);
  });

  it('comes with the assumptions of the replay, word for word', () => {
    expect(document).toContain(assumptions.map((line) => `- ${line}`).join('\n'));
  });
});

describe('a log', () => {
  const plans = { 'plan.json': '{}' };

  it('with a last line that is cut off is replayed without it', async () => {
    const file = folderWith({ ...plans, log: `${ndjson(lineAt(1), lineAt(2))}${lineAt(3).slice(0, 40)}` });
    const { status, printed } = await run('--plan', file('plan.json'), file('log'));
    expect(printed).toContain('Log: 2 requests');
    expect(printed).toContain('the last line is cut off and is left out');
    expect(status).toBe(0);
  });

  it('with a line that cannot be read in its middle is replayed without it, and the status says so', async () => {
    const file = folderWith({ ...plans, log: ndjson(lineAt(1), '{"message":"requ', lineAt(3)) });
    const { status, printed } = await run('--plan', file('plan.json'), file('log'));
    expect(printed).toContain('Log: 2 requests');
    expect(printed).toContain(`1 lines could not be read and are left out: ${file('log')}:2.`);
    expect(status).toBe(1);
  });

  it.each([
    ['first', 'note,', ','],
    ['quoted first', 'note,', '"",'],
    ['last', '', '', ',note', ','],
  ])('in CSV whose %s field is empty is read', async (_which, headBefore, before, headAfter = '', after = '') => {
    const header = `${headBefore}timestamp,consumer,operation,status,sends${headAfter}`;
    const row = `${before}2026-06-01 00:00:00.000,app,GET /users,200,1${after}`;
    const file = folderWith({ ...plans, log: ndjson(header, row) });
    const { status, printed } = await run('--plan', file('plan.json'), file('log'));
    expect(printed).toContain('Log: 1 requests');
    expect(status).toBe(0);
  });

  it.each([
    ['an empty file', ''],
    ['lines about something else', ndjson('{"message":"cold start"}')],
    ['a document over several lines', '{\n  "data": []\n}\n'],
    ['a CSV file with a header only', 'consumer,status\n'],
  ])('without a request, such as %s, has nothing to replay', async (_what, log) => {
    const file = folderWith({ ...plans, log });
    const { status, printed, complaints } = await run('--plan', file('plan.json'), file('log'));
    expect([status, printed]).toEqual([1, '']);
    expect(complaints).toContain('The log has no request');
    expect(JSON.parse((await run('--json', '--plan', file('plan.json'), file('log'))).printed).log.requests).toBe(0);
  });

  it('in the wrong order, packed, in two files and with a line twice is the same log', async () => {
    const lines = [1, 2, 3, 50, 90_000].map((second) => lineAt(second));
    const file = folderWith({
      ...plans,
      ordered: ndjson(...lines),
      'one.gz': gzipSync(ndjson(...lines.slice(2).reverse())),
      two: ndjson(...lines.slice(0, 3).reverse()),
    });
    const plain = await run('--json', '--plan', file('plan.json'), file('ordered'));
    const mixed = await run('--json', '--plan', file('plan.json'), file('one.gz'), file('two'));
    const [one, other] = [JSON.parse(plain.printed), JSON.parse(mixed.printed)];
    expect(other.log.repeated).toBe(1);
    expect(other.recorded).toEqual(one.recorded);
    expect(other.proposed).toEqual(one.proposed);
    expect(one.proposed.total.requests).toBe(5);
  });

  it('with unknown operations, of a day long ago, and with consumers that the plan does not name says so', async () => {
    const file = folderWith({
      'plan.json': '{"consumers":{"ghost":{"weight":2}}}',
      log: ndjson(
        lineAt(1, { operation: 'GET (not in the catalogue)', cacheStatus: 'fwd=method' }),
        lineAt(2, { status: 429, errorCode: 'TOO_MANY_REQUESTS', sends: [], refusal: { limit: 'consumer-minute' } }),
      ),
    });
    const { printed } = await run('--plan', file('plan.json'), file('log'));
    expect(printed).toContain('1 requests are of operations that the catalogue does not have');
    expect(printed).toContain("caps of their own refused app, but today's plan has no caps of theirs");
    expect(printed).toContain('the plan names consumers that the log does not have: ghost.');
  });

  it('exported to S3 has the time before each line', async () => {
    const log = ndjson('2026-06-01T00:00:00.000Z START RequestId: r', `2026-06-01T00:00:00.000Z ${lineAt(1)}`);
    const file = folderWith({ ...plans, log });
    expect((await run('--plan', file('plan.json'), file('log'))).printed).toContain('Log: 1 requests');
  });
});

describe('the command', () => {
  it.each([
    ['no plan', [], '--plan names the file'],
    ['no log', ['--plan', 'x'], 'Name at least one log'],
    ['an unknown option', ['--plans', 'x'], '--plans'],
    ['no number of instances', ['--plan', 'x', '--instances', '0', 'y'], '--instances is a whole number'],
    ['a plan that does not exist', ['--plan', '/does-not-exist', 'y'], 'cannot be read (ENOENT)'],
  ])('with %s shows how it is used', async (_what, args, words) => {
    const { status, printed, complaints } = await run(...args);
    expect([status, printed]).toEqual([2, '']);
    expect(complaints).toContain(words);
    expect(complaints).toContain('Usage: npm run what-if');
  });

  it('with a plan that has faults names them all', async () => {
    const file = folderWith({ 'plan.json': '{"quota":{"limits":5},"price":1}', 'text.json': 'limit: 5' });
    const { status, complaints } = await run('--plan', file('plan.json'), 'log');
    expect(status).toBe(2);
    expect(complaints).toContain('/quota/limits: is not known here.');
    expect(complaints).toContain('/price: is not known here.');
    expect((await run('--plan', file('text.json'), 'log')).complaints).toContain('is no JSON');
  });

  it('with a log that does not exist says which', async () => {
    const file = folderWith({ 'plan.json': '{}' });
    const { status, complaints } = await run('--plan', file('plan.json'), file('nothing'));
    expect(status).toBe(2);
    expect(complaints).toContain('The log cannot be read: ENOENT');
  });

  it('explains itself', async () => {
    const { status, printed } = await run('--help');
    expect(status).toBe(0);
    expect(printed).toContain('Status: 0 replayed');
  });

  it.runIf(isFull)('reads a million lines in memory that does not grow', () => {
    const file = folderWith({ 'plan.json': '{"quota":{"limit":5000}}' });
    const script = `
      const { createWriteStream } = await import('node:fs');
      const { once } = await import('node:events');
      const out = createWriteStream(process.argv[1]);
      for (let i = 0; i < 1e6; i += 1) {
        const second = i / 20;
        const hit = i % 2 === 0;
        const line = { message: 'request', timestamp: new Date(1.78e12 + (i ^ 5) * 50).toISOString(), millis: 100,
          requestId: 'r' + i, consumer: 'app' + (i % 9), operation: 'GET /users', status: 200, sends: hit ? [] : [200],
          cacheStatus: hit ? 'hit; ttl=20' : 'fwd=uri-miss; stored; ttl=43' };
        if (!out.write(JSON.stringify(line) + '\\n')) await once(out, 'drain');
      }
      out.end();`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script, file('log')]);
    const args = [
      '--max-old-space-size=160',
      join(root, 'local/what-if/main.ts'),
      '--json',
      '--plan',
      file('plan.json'),
    ];
    const printed = execFileSync(process.execPath, [...args, file('log')], { encoding: 'utf8' });
    expect(JSON.parse(printed).proposed.total.requests).toBe(1_000_000);
  });
});
