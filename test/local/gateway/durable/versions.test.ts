/** Published versions over deployments: a running execution keeps its own, and what nobody needs is removed. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine, type DurableVersion, type Engine } from '../../../../local/gateway/durable/engine.ts';
import { openJournals } from '../../../../local/gateway/durable/journal.ts';
import { publishVersions } from '../../../../local/gateway/durable/versions.ts';
import { versionsInUse } from '../../../../local/gateway/durable/versions-in-use.ts';
import type { FunctionDefinition } from '../../../../local/gateway/lambda/worker.ts';
import { createStack } from '../../../../local/gateway/template/stack.ts';
import { temporaryFolder } from '../../../support/aws.ts';

/** A stack whose function was published as this version, as CDK writes it: each change has a logical id of its own. */
const stackOf = (versionId: string) =>
  createStack({
    ...{ stackName: 'stack', region: 'eu-central-1', assetDirectory: () => undefined },
    template: {
      ...{ Parameters: {}, Conditions: {}, Mappings: {} },
      Resources: {
        Jobs: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'jobs' } },
        [versionId]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Jobs' } } },
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            ...{ FunctionName: { Ref: 'Jobs' }, Name: 'live' },
            FunctionVersion: { 'Fn::GetAtt': [versionId, 'Version'] },
          },
        },
      },
    },
  });

const createWorld = async () => {
  const folder = await temporaryFolder();
  const state = join(folder, 'lambda');
  const code = join(folder, 'asset');
  await mkdir(code);
  let engine: Engine | undefined;
  const outcomes: string[] = [];
  /** Deploys code and variables as a version, and starts the twin anew. */
  const deploy = async (versionId: string, text: string, address = 'http://127.0.0.1:1/') => {
    engine?.close();
    await writeFile(join(code, 'index.mjs'), text);
    const journals = openJournals(join(state, 'executions'));
    const inUse = versionsInUse(journals);
    const stack = stackOf(versionId);
    const name = stack.reference('Jobs').ref;
    const definition: FunctionDefinition = {
      ...{ name, arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`, handler: 'index.handler' },
      ...{ directory: code, timeoutSeconds: 1, memoryMegabytes: 128, logFormat: 'JSON', maximumProcesses: 1 },
      ...{ isReserved: false, environment: { QUEUE: address, TEXT: text } },
    };
    const versions = publishVersions(
      stack,
      state,
      (fn, number) => inUse.has(`${fn}:${number}`),
      () => definition,
    );
    const versionOf = (fn: string, qualifier: string): DurableVersion | undefined => {
      const found = versions.find(fn, qualifier);
      return (
        found && {
          ...{
            functionName: fn,
            version: found.number,
            arn: found.definition.arn,
            timeoutSeconds: 60,
            retentionDays: 1,
          },
          async invoke() {
            const read = await readFile(join(found.definition.directory, 'index.mjs'), 'utf8');
            outcomes.push(`${found.number} ${read} ${found.definition.environment.TEXT}`);
            return read === 'slow' ? { Status: 'PENDING' } : { Status: 'SUCCEEDED', Result: '1' };
          },
        }
      );
    };
    engine = createEngine({ journals, nowMillis: Date.now, versionOf });
    const start = (job: string) => engine?.start(versionOf(name, 'live') as DurableVersion, '{}', job);
    return { versions, start, engine, codeOf: (number: number) => join(state, 'code', `${name}-${number}`), name };
  };
  return { deploy, outcomes, close: () => engine?.close() };
};

describe('a deployment', () => {
  it('in mid-job leaves the running job on its version, with its code and variables; a new job has the new one', async () => {
    const { deploy, outcomes, close } = await createWorld();
    const first = await deploy('V1', 'slow', 'http://127.0.0.1:1/');
    first.start('old');
    const second = await deploy('V2', 'new', 'http://127.0.0.1:2/');
    await second.start('next')?.ended;
    expect(outcomes).toContain('2 new new');
    // The execution that began before goes on, also after the restart of the twin.
    await expect.poll(() => outcomes.filter((line) => line === '1 slow slow').length).toBeGreaterThan(0);
    expect(outcomes.filter((line) => !['1 slow slow', '2 new new'].includes(line))).toEqual([]);
    const old = second.versions.find(second.name, '1');
    expect([old?.definition.version, old?.definition.environment.QUEUE]).toEqual(['1', 'http://127.0.0.1:2/']);
    close();
  });

  it('removes versions without a running job, keeps those with one, and gives no number twice', async () => {
    const { deploy, close } = await createWorld();
    await deploy('V1', 'done');
    const second = await deploy('V2', 'slow');
    second.start('old');
    const third = await deploy('V3', 'new');
    expect(third.versions.all.map(({ number }) => number)).toEqual(['2', '3']);
    expect([1, 2, 3].map((number) => existsSync(third.codeOf(number)))).toEqual([false, true, true]);
    // The version of before, published again, is a new one.
    const again = await deploy('V1', 'done');
    expect(again.versions.find(again.name, 'live')?.number).toBe('4');
    expect(again.versions.all.map(({ number }) => number)).toEqual(['2', '4']);
    expect((await deploy('V1', 'done')).versions.find(again.name, 'live')?.number).toBe('4');
    close();
  });
});
