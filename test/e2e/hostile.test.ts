/** Requests that no well-meaning client sends, 10,000 of them at full size. */
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { projectRoot } from '../../local/start/settings.ts';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { decoded, hangMillis, sendBytes, sendRequest } from '../support/raw-http.ts';
import { sized } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { type Attack, attack } from './hostile/generators.ts';

const attacks = sized(10_000, 400);
/** Sent at once; each connection serves two. A failing volley shrinks to what it takes. */
const volleySize = 8;
const connections = 4;
/** How long a silent socket is waited for before the sending side is closed. */
const patienceMillis = 150;

describe('hostile requests', () => {
  let twin: TestTwin;
  let secrets: readonly string[];

  /** The demo tenant holds texts with its own address; without them, every mention of it is a leak. */
  const forgetAddress = (): void => {
    const origin = twin.simulator.url;
    for (const entity of twin.simulator.tenant.entities.childrenOf(demoIds.notebook)) {
      entity.name = entity.name.replaceAll(origin, '');
      entity.description = entity.description.replaceAll(origin, '');
    }
  };

  beforeAll(async () => {
    twin = await startTwin();
    forgetAddress();
    const variablesOf = Object.assign({}, ...Object.values(twin.gateway.environments)) as Record<string, string>;
    const named = [variables.consumersTable, variables.credentialsTable, variables.uploadsTable];
    secrets = [
      ...[twin.simulator.url, new URL(twin.simulator.url).host, demoKey, projectRoot, inject('assemblyDir'), tmpdir()],
      ...named.map((name) => variablesOf[name] ?? ''),
      ...[
        variablesOf[variables.credentialsKey],
        variablesOf.AWS_ENDPOINT_URL_DYNAMODB,
        variablesOf.AWS_ENDPOINT_URL_KMS,
      ],
    ].filter((secret): secret is string => Boolean(secret));
  });
  afterAll(() => twin?.close());

  /** Stack frames and places in files of a machine. */
  const innerWorkings = /\n\s+at \S.*:\d+:\d+|node:internal|node_modules|\/var\/task|file:\/\/\/\w+\/\w+/;

  /** SCIM resources name addresses in `location` and `$ref`, which are no members of `links` and so pass as they come. */
  const withoutScim = (shown: string): string =>
    shown.replaceAll(`":"${twin.simulator.url}${signalsBasePath}/scim/`, '');

  const judge = (sent: string, status: number, answer: string): void => {
    const shown = withoutScim(answer);
    // The simulator's own words for an operation that it does not have, and for a search that it cannot do.
    const isTenants = (status === 501 || status === 504) && /^cache-status/m.test(shown);
    if (status >= 500 && !isTenants) throw new Error(`${status} for ${sent}: ${shown}`);
    for (const secret of secrets.filter((one) => shown.includes(one)))
      throw new Error(`${secret} leaked for ${sent}: ${shown}`);
    if (innerWorkings.test(shown)) throw new Error(`Inner workings leaked for ${sent}: ${shown}`);
  };

  /** Too large headers and malformed HTTP are refused by API Gateway in its own words. */
  const isPlainRefusal = (status: number, body: Buffer): boolean =>
    (status === 400 || status === 413 || status === 431) && /^\{"message":"[\w ]+"\}$/.test(body.toString());

  /** Every other refusal of the facade's own that has a body is a JSON:API document whose members are strings. */
  const judgeRefusal = (sent: string, status: number, contentType: string | undefined, body: Buffer): void => {
    if (status < 400 || body.byteLength === 0 || isPlainRefusal(status, body)) return;
    const { errors } = JSON.parse(body.toString()) as { errors: Record<string, unknown>[] };
    const isGood =
      errors.length > 0 &&
      errors.every((error) => ['status', 'code', 'title', 'detail'].every((name) => typeof error[name] === 'string'));
    if (!isGood || !contentType?.startsWith('application/vnd.api+json'))
      throw new Error(`No error document for ${sent}: ${body}`);
  };

  const fire = async (one: Attack, agent: Agent): Promise<void> => {
    if (one.kind === 'bytes') {
      const answer = await sendBytes(twin.url, one.bytes, patienceMillis, hangMillis);
      const text = answer.toString('latin1');
      const sent = JSON.stringify(Buffer.from(one.bytes).toString('latin1'));
      for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) judge(sent, Number(status), text);
      return;
    }
    const sent = JSON.stringify(one.request);
    const answer = await sendRequest(twin.url, one.request, agent, hangMillis).catch(
      (error: Error & { rawPacket?: Buffer }) => {
        throw new Error(`${error.message} for ${sent}: ${error.rawPacket?.toString('latin1')}`);
      },
    );
    judge(sent, answer.status, `${answer.rawHeaders.join('\n')}\n${decoded(answer).toString('latin1')}`);
    if (!answer.headers['cache-status'])
      judgeRefusal(sent, answer.status, answer.headers['content-type'], decoded(answer));
  };

  it('get no failure of the facade, no hang, no crash, and learn nothing of what is behind it', async () => {
    await Promise.all(
      Array.from({ length: volleySize }, () =>
        fetch(`${twin.url}/api/rest/v1.0/users/100`, { headers: { 'x-api-key': 'demo-app' } }).then((answer) =>
          answer.text(),
        ),
      ),
    );
    const before = twin.gateway.pids();
    const volley = fc.array(attack, { minLength: volleySize, maxLength: volleySize });
    await fc.assert(
      fc.asyncProperty(volley, async (shots) => {
        const agent = new Agent({ keepAlive: true, maxSockets: connections });
        await Promise.all(shots.map((shot) => fire(shot, agent))).finally(() => agent.destroy());
      }),
      {
        numRuns: Math.ceil(attacks / volleySize),
        endOnFailure: true,
        ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}),
      },
    );
    expect(twin.simulator.arrivals.length, 'requests that got as far as the tenant').toBeGreaterThan(attacks / 4);
    const after = new Set(twin.gateway.pids());
    expect(before.filter((pid) => !after.has(pid))).toEqual([]);
    expect((await fetch(`${twin.url}/health`)).status).toBe(200);
    expect(twin.log.filter((line) => /unhandled|uncaught/i.test(line))).toEqual([]);
  });
});
