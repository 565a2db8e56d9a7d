import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, runScript } from '../../../test/support/command.ts';
import { tenantSize } from '../../../test/support/test-size.ts';
import { simulate } from '../src/command-line.ts';
import { controlCalls } from '../src/control/control.ts';
import { demoIds } from '../src/demo/ids.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget, type Target } from './conformance/target.ts';

const clock = { nowMillis: () => Date.parse('2026-06-01T00:00:00Z') };

describe('simulator', () => {
  let simulator: Simulator;
  let target: Target;
  beforeAll(async () => {
    simulator = await startSimulator({ clock, ...tenantSize });
    target = createTarget(simulator.url, 'demo-signals-key');
  });
  afterAll(() => simulator.close());

  it('builds the same tenant from the same seed, another from another', async () => {
    const texts = async (seed: number) => {
      const twin = await startSimulator({ clock, seed, ...tenantSize });
      const answer = await createTarget(twin.url, 'demo-signals-key').get(
        '/entities?includeTypes=experiment&page[limit]=100',
      );
      await twin.close();
      return answer.text.replaceAll(twin.url, '');
    };
    const [first, second, other] = [await texts(7), await texts(7), await texts(8)];
    expect(first).toBe(second);
    expect(first).not.toBe(other);
  });

  it('makes a large file only as fast as it is read', async () => {
    const file = simulator.tenant.entities.get(demoIds.file60MiB);
    if (file?.content === undefined) throw new Error('The demo file is missing.');
    const { content } = file;
    let madeBytes = 0;
    file.content = {
      ...content,
      *chunks() {
        for (const chunk of content.chunks()) {
          madeBytes += chunk.byteLength;
          yield chunk;
        }
      },
    };
    const response = await fetch(`${target.url}/entities/${demoIds.file60MiB}/export`, {
      headers: { 'x-api-key': 'demo-signals-key' },
    });
    for (let i = 0; i < 20; i += 1) await target.get('/version');
    expect(madeBytes).toBeLessThan(30 * 1_048_576);
    expect((await response.arrayBuffer()).byteLength).toBe(60 * 1_048_576);
  });

  it('logs arrivals with time, key and operation, for tests and on the control surface', async () => {
    await fetch(`${simulator.url}/_control/arrivals`, { method: 'DELETE' });
    await target.get('/version?x=1');
    const expected = {
      method: 'GET',
      path: '/api/rest/v1.0/version?x=1',
      key: 'demo-signals-key',
      atMillis: clock.nowMillis(),
      operation: 'GET /version',
    };
    expect(simulator.arrivals).toEqual([expected]);
    const response = await fetch(`${simulator.url}/_control/arrivals`);
    expect(await response.json()).toEqual({ arrivals: [expected] });
  });

  it('goes back to the demo tenant on reset', async () => {
    await target.remove(`/entities/${demoIds.experiment}?force=true`);
    await fetch(`${simulator.url}/_control/reset`, { method: 'POST' });
    expect((await target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.flags.isTrashed).toBeUndefined();
  });

  it('compresses documents above 1 KiB for clients that accept it', async () => {
    const [large, small] = [await target.get('/entities'), await target.get('/version')];
    expect(large.headers.get('content-encoding')).toBe('gzip');
    expect(small.headers.get('content-encoding')).toBeNull();
    const plain = await target.get('/entities', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.text).toBe(large.text);
  });

  it('answers what is outside the API with 404', async () => {
    expect((await fetch(`${simulator.url}/elsewhere`)).status).toBe(404);
    expect((await fetch(simulator.url, { method: 'POST' })).status).toBe(404);
  });

  it('says at / where everything is, under the name that the client used', async () => {
    expect(await (await fetch(simulator.url)).json()).toMatchObject({
      name: 'signals-simulator',
      api: target.url,
      health: `${simulator.url}/_health`,
      control: controlCalls,
    });
    const { port } = new URL(simulator.url);
    const named = await (await fetch(`http://localhost:${port}/?x=1`)).json();
    expect(named).toMatchObject({ api: `http://localhost:${port}/api/rest/v1.0` });
  });

  it('answers /_health without a key, and neither limits nor records it', async () => {
    await fetch(`${simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify({ kind: 'status' }) });
    const before = simulator.arrivals.length;
    const answer = await fetch(`${simulator.url}/_health`);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', version: 'from source', entities: simulator.tenant.entities.size() },
    ]);
    expect(simulator.arrivals).toHaveLength(before);
    await fetch(`${simulator.url}/_control/faults`, { method: 'DELETE' });
  });

  it('listens on the address that it is given, and names it', async () => {
    const everywhere = await startSimulator({ host: '0.0.0.0', ...tenantSize });
    onTestFinished(() => everywhere.close());
    expect(everywhere.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
    const { port } = new URL(everywhere.url);
    expect((await fetch(`http://127.0.0.1:${port}/_health`)).status).toBe(200);
  });

  it('answers an operation of the catalogue that it lacks with 501 naming it', async () => {
    const answer = await target.get('/synergy/workTypes');
    expect([answer.status, answer.json.errors[0].detail]).toEqual([
      501,
      expect.stringContaining('GET /synergy/workTypes'),
    ]);
  });
});

describe('simulator alone', () => {
  const script = 'local/simulator.ts';
  const simulator = (port: string, ...flags: string[]) =>
    runCommand(script, async (args, env) => (await simulate(args, env)).status, flags, { SIGNALS_PORT: port });

  it('prints address and key, then ready, and stops on a signal', async () => {
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, SIGNALS_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.endsWith('ready\n')) break;
    }
    expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/api\/rest\/v1\.0\n.*demo-signals-key\nready\n$/);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('says how it is used in one screen, and starts nothing', async () => {
    const { code, stdout } = await simulator('0', '--help');
    expect(stdout).toMatch(/^Usage: signals-simulator [\s\S]*--port[\s\S]*SIGNALS_PORT[\s\S]*--host[\s\S]*--version/);
    expect(stdout).not.toContain('ready');
    expect(stdout.split('\n').length).toBeLessThan(26);
    expect(code).toBe(0);
  });

  it('answers an unknown flag with one line that says what to do, and ends with status 1', async () => {
    const { code, stderr } = await runScript(script, ['--latence', '5'], { SIGNALS_PORT: '0' });
    expect(stderr).toMatch(/^Unknown option '--latence'[^\n]* Fix: --help lists the options\.\n$/);
    expect(code).toBe(1);
  });

  it('says in one line that its port is in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { stderr } = await simulator(String(port));
    const advice = 'stop what listens there, or choose a free one with --port or SIGNALS_PORT.';
    expect(stderr).toBe(`Port ${port} is in use: ${advice}\n`);
    expect((await simulator('0', '--port', String(port))).stderr).toContain(`Port ${port} is in use`);
    blocker.close();
  });

  it.each([
    [['--port', '70000'], '0', '--port must be a port number, not "70000".'],
    [['--port', ''], '0', '--port must be a port number, not "".'],
    [[], 'x', 'SIGNALS_PORT must be a port number, not "x".'],
    [['--host', '192.0.2.1'], '0', '--host 192.0.2.1 is no address of this machine.'],
    [['--latency', 'slow'], '0', '--latency must be a whole number, not "slow".'],
  ])('refuses %j with the variable %j in one line', async (flags, port, message) => {
    expect(await simulator(port, ...flags)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });

  it('prints its version', async () => {
    expect((await simulator('0', '--version')).stdout).toBe('from source\n');
  });

  it('prints its coverage', async () => {
    const { stdout } = await simulator('0', '--coverage');
    expect(stdout).toMatch(/all: \d+ of 432\n$/);
  });
});
