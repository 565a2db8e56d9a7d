/** What the emulator of durable executions promises beyond the history: names, tokens, crashes, restarts, time-outs, stop. */
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CheckpointDurableExecutionCommand,
  GetDurableExecutionCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { functionName, startWorld, type World } from './world.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const open = async (options: Parameters<typeof startWorld>[0] = {}): Promise<World> => {
  const world = await startWorld(options);
  closers.push(world.close);
  return world;
};
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'durable-'));
  closers.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const start = async ({ client }: World, name: string | undefined, payload: unknown = {}, qualifier = ':live') => {
  const started = await client.send(
    new InvokeCommand({
      FunctionName: `${functionName}${qualifier}`,
      InvocationType: 'Event',
      Payload: JSON.stringify(payload),
      ...(name === undefined ? {} : { DurableExecutionName: name }),
    }),
  );
  return started.DurableExecutionArn ?? '';
};
const pending = async () => ({ Status: 'PENDING' });
const never = () => new Promise<never>(() => {});
const succeeding = async () => ({ Status: 'SUCCEEDED', Result: '1' });
const read = ({ client }: World, DurableExecutionArn: string) =>
  client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));

describe('the start of an execution', () => {
  it('gives the same execution for a name that is known', async () => {
    const world = await open();
    world.serve(succeeding);
    const first = await start(world, 'job-1', { a: 1 });
    await world.engine.find(first).ended;
    expect(await start(world, 'job-1', { a: 1 })).toBe(first);
    expect((await read(world, first)).Status).toBe('SUCCEEDED');
  });

  it('refuses a known name with another payload', async () => {
    const world = await open();
    world.serve(succeeding);
    await start(world, 'job-1', { a: 1 });
    await expect(start(world, 'job-1', { a: 2 })).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
    });
  });

  it.each(['', ':$LATEST'])('refuses the function without a version (%s)', async (qualifier) => {
    await expect(start(await open(), 'job-1', {}, qualifier)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('refuses a version that there is not, and a name that is none', async () => {
    const world = await open();
    await expect(start(world, 'job-1', {}, ':7')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(start(world, 'a b')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('frees a name when the history is over', async () => {
    const clock = { millis: Date.now() };
    const world = await open({ nowMillis: () => clock.millis });
    world.serve(succeeding);
    const first = await start(world, 'job-1');
    await world.engine.find(first).ended;
    clock.millis += 15 * 86_400_000;
    expect(await start(world, 'job-1')).not.toBe(first);
  });
});

/** Serves an invocation that hangs, and gives the token that it got. */
const hang = (world: World): Promise<{ readonly token: string; readonly arn: string }> =>
  new Promise((resolve) => {
    world.serve((event) => {
      const { CheckpointToken: token, DurableExecutionArn: arn } = JSON.parse(event);
      resolve({ token, arn });
      return never();
    });
  });
const step = (Id: string, more: object = {}) =>
  ({ Id, Type: 'STEP', Action: 'SUCCEED', Payload: '1', ...more }) as const;

describe('a checkpoint', () => {
  const running = async (world: World) => {
    const hung = hang(world);
    await start(world, 'job-1');
    return hung;
  };
  const write = (
    { client }: World,
    arn: string,
    CheckpointToken: string,
    Updates: readonly object[],
    ClientToken = '',
  ) =>
    client.send(
      new CheckpointDurableExecutionCommand({
        ...{ DurableExecutionArn: arn, CheckpointToken, Updates: Updates as never },
        ...(ClientToken === '' ? {} : { ClientToken }),
      }),
    );

  it('is answered with what changed, and is answered alike when it is repeated', async () => {
    const world = await open();
    const { arn, token } = await running(world);
    const first = await write(world, arn, token, [step('a')], 'client-1');
    expect(first.NewExecutionState?.Operations?.map(({ Id }) => Id)).toEqual(['a']);
    const again = await write(world, arn, token, [step('a')], 'client-1');
    expect(again.NewExecutionState).toEqual(first.NewExecutionState);
  });

  it('is refused with a token of nobody, and once the execution has ended', async () => {
    const world = await open();
    const { arn, token } = await running(world);
    const refused = { name: 'InvalidParameterValueException', message: 'Invalid Checkpoint Token' };
    await expect(write(world, arn, 'another', [step('a')])).rejects.toMatchObject(refused);
    await world.client.send(new StopDurableExecutionCommand({ DurableExecutionArn: arn }));
    await expect(write(world, arn, token, [step('a')])).rejects.toMatchObject(refused);
    expect((await read(world, arn)).Status).toBe('STOPPED');
  });

  it.each([
    ['a result above 256 KiB', [step('a', { Payload: 'x'.repeat(262_145) })]],
    ['a parent that there is not', [step('a', { ParentId: 'b' })]],
    ['an operation that is closed twice', [step('a'), step('a')]],
    ['a callback, which nothing here uses', [{ Id: 'c', Type: 'CALLBACK', Action: 'START' }]],
  ])('is refused whole for %s', async (_, updates) => {
    const world = await open();
    const { arn, token } = await running(world);
    await expect(write(world, arn, token, [step('first'), ...updates])).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
    expect(world.engine.find(arn).state.operations.has('first')).toBe(false);
  });
});

describe('an execution', () => {
  it('runs again after an invocation without an answer', async () => {
    const world = await open();
    let invocations = 0;
    world.serve(async () => {
      invocations += 1;
      if (invocations === 1) throw new Error('killed');
      return succeeding();
    });
    const arn = await start(world, 'job-1');
    await world.engine.find(arn).ended;
    expect({ invocations, status: (await read(world, arn)).Status }).toEqual({ invocations: 2, status: 'SUCCEEDED' });
  });

  it('ends by its time-out while its function hangs', async () => {
    const world = await open({ timeoutSeconds: 1 });
    world.serve(never);
    const arn = await start(world, 'job-1');
    await world.engine.find(arn).ended;
    expect((await read(world, arn)).Status).toBe('TIMED_OUT');
  });

  it('fails when its function waits for nothing', async () => {
    const world = await open();
    world.serve(pending);
    const arn = await start(world, 'job-1');
    await world.engine.find(arn).ended;
    expect((await read(world, arn)).Error?.ErrorType).toBe('NothingPending');
  });

  it('goes on after a kill of the twin with every step that was checkpointed, and with no other', async () => {
    const stateDir = folder();
    const before = await open({ stateDir });
    const hung = hang(before);
    const arn = await start(before, 'job-1', { a: 1 });
    const { token } = await hung;
    before.engine.find(arn).checkpoint(token, [step('a')]);
    // What a kill in mid-write leaves.
    appendFileSync(join(stateDir, readdirSync(stateDir)[0] as string), '{"kind":"checkpoint","at":1,"upd');
    before.engine.close();

    const after = await open({ stateDir });
    const events: { InitialExecutionState: { Operations: { Id: string; Type: string }[] } }[] = [];
    after.serve(async (event) => {
      events.push(JSON.parse(event));
      return succeeding();
    });
    await after.engine.find(arn).ended;
    const told = events.at(-1)?.InitialExecutionState.Operations.filter(({ Type }) => Type === 'STEP') ?? [];
    expect(told.map(({ Id }) => Id)).toEqual(['a']);
    expect(await start(after, 'job-1', { a: 1 })).toBe(arn);
    const { DurableExecutions = [] } = await after.client.send(
      new ListDurableExecutionsByFunctionCommand({ FunctionName: functionName, Statuses: ['SUCCEEDED'] }),
    );
    expect(DurableExecutions.map(({ DurableExecutionName }) => DurableExecutionName)).toEqual(['job-1']);
  });
});
