/** `npm start` as a person runs it: the command of package.json, in a process group of its own, on free ports. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../../local/emulators/loopback.ts';
import { projectRoot } from '../../local/start/settings.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { isFull } from '../support/test-size.ts';

/**
 * Without npm around it: the shell that npm puts in between dies of Ctrl-C itself, whatever the command's own status is.
 */
const command = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: { start: string } })
  .scripts.start;

const start = async (environment: Record<string, string>, state?: string) => {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const stateDir = state ?? (await mkdtemp(join(tmpdir(), 'signals-facade-start-')));
  const [program, ...script] = command.split(' ');
  expect(program).toBe('node');
  const child = spawn(process.execPath, [...script, '--state', stateDir], {
    cwd: projectRoot,
    // A group of its own, as a terminal makes one: Ctrl-C reaches every process in it.
    detached: true,
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = -(child.pid ?? 0);
  const output = { printed: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.errors += chunk.toString()));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code);
  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(group, signal);
    } catch {
      return false; // Nobody is left in it.
    }
  };
  onTestFinished(async () => {
    signalGroup('SIGKILL');
    await ended;
    await rm(stateDir, { recursive: true, force: true });
  });
  return {
    output,
    ended,
    stateDir,
    signalGroup,
    ready: async (): Promise<void> => {
      let hasEnded = false;
      void ended.then(() => (hasEnded = true));
      while (!output.printed.endsWith('\nready\n')) {
        if (hasEnded) throw new Error(`It ended before it was ready: ${output.printed}${output.errors}`);
        await sleep(50);
      }
    },
  };
};

describe('npm start', () => {
  it('ends with the line ready, answers with links of its own, and leaves no process after Ctrl-C', async () => {
    const ports = {
      PORT: String(await findFreePort()),
      SIGNALS_PORT: String(await findFreePort()),
      SQS_PORT: String(await findFreePort()),
      S3_PORT: String(await findFreePort()),
      ISSUER_PORT: String(await findFreePort()),
    };
    const twin = await start(ports);
    await twin.ready();
    const facade = `http://127.0.0.1:${ports.PORT}`;
    const simulator = `http://127.0.0.1:${ports.SIGNALS_PORT}`;
    const target = `${signalsBasePath}/entities?includeTypes=experiment&page[limit]=5`;

    const through = await fetch(facade + target, { headers: { 'x-api-key': 'demo-app' } });
    const direct = await fetch(simulator + target, { headers: { 'x-api-key': 'demo-signals-key' } });
    const [own, tenants] = [await through.text(), await direct.text()];
    expect([through.status, direct.status]).toEqual([200, 200]);
    expect(own).toBe(tenants.replaceAll(`"${simulator}${signalsBasePath}`, `"${facade}${signalsBasePath}`));
    expect(own).toContain(`"self":"${facade}${signalsBasePath}/entities/`);
    const unread = await fetch(facade + target, { headers: { 'x-api-key': 'nobody' } });
    expect(unread.status).toBe(401);
    // The simulator pushes to the facade: it closes the demo experiment before the line ready.
    const told = async () =>
      (await fetch(`${facade}/v1/notifications`, { headers: { 'x-api-key': 'demo-app' } })).text();
    await expect.poll(told).toMatch(/"type":"close"[^}]*"origin":"push"/);
    const second = await start({ PORT: '1', SIGNALS_PORT: '2' }, twin.stateDir);
    expect(await second.ended).toBe(1);
    expect(second.output.errors).toMatch(
      /^The state folder \S+ is in use by another twin [^\n]* Fix: [^\n]*--state[^\n]*\n$/,
    );
    for (const shown of [
      facade,
      simulator,
      `http://127.0.0.1:${ports.SQS_PORT} (region us-east-1`,
      'demo-app',
      'demo-reader',
      'demo-signals-key',
    ])
      expect(twin.output.printed).toContain(shown);

    twin.signalGroup('SIGINT');
    expect(await twin.ended).toBe(0);
    // A dead process counts until somebody has collected it, which init does at its leisure.
    await expect.poll(() => twin.signalGroup(0)).toBe(false);
    expect(twin.output.printed.endsWith('\nready\n')).toBe(true);
    expect(twin.output.errors).toBe('');
  });

  it('ends, and leaves no process, when its terminal is closed', async () => {
    const twin = await start({
      PORT: String(await findFreePort()),
      SIGNALS_PORT: String(await findFreePort()),
      SQS_PORT: String(await findFreePort()),
      S3_PORT: String(await findFreePort()),
      ISSUER_PORT: String(await findFreePort()),
    });
    // In the middle of its start, while it runs children.
    await expect.poll(() => twin.output.printed).toContain('functions and stack');

    twin.signalGroup('SIGHUP');

    expect(await twin.ended).toBe(0);
    await expect.poll(() => twin.signalGroup(0)).toBe(false);
  });

  const wrong: [Record<string, string>, RegExp][] = [
    [{ SIGNALS_URL: 'http://127.0.0.1:9' }, /^SIGNALS_URL is set, SIGNALS_API_KEY is not\. Fix: [^\n]+\n$/],
    [{ SIGNALS_API_KEY: 'k' }, /^SIGNALS_API_KEY is set, SIGNALS_URL is not\. Fix: [^\n]+\n$/],
    [{ PORT: 'many' }, /^PORT is "many"\. Fix: [^\n]+\n$/],
  ];
  // Each takes two processes. test/local/start/settings.test.ts has all of them at every size.
  it.each(isFull ? wrong : wrong.slice(0, 1))(
    'says in one line what is wrong with %j, and ends with status 1',
    async (environment, line) => {
      const twin = await start(environment);
      expect(await twin.ended).toBe(1);
      expect(twin.output.errors).toMatch(line);
      expect(twin.output.printed).toBe('');
    },
  );
});
