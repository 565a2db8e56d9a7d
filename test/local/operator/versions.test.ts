/** Published versions are removed once nothing runs or begins on them, and never before. */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectSettled, findAliases, findVersions, removeVersion } from '../../../local/operator/versions.ts';
import { removeUnused } from '../../../local/operator/versions-command.ts';

const alias = { functionName: 'facade-jobs', alias: 'live' };

type Lambda = {
  readonly versions: Set<string>;
  /** Of the alias. */
  version: string;
  weights: Record<string, number>;
  readonly running: Set<string>;
};

/** Two versions to a page, `$LATEST` first; a page of executions may be empty before the last. */
const lambdaOf = (state: Lambda): LambdaClient => {
  const answer = (name: string, input: Record<string, string>) => {
    expect(input.FunctionName).toBe('facade-jobs');
    if (name === 'GetAliasCommand')
      return { FunctionVersion: state.version, RoutingConfig: { AdditionalVersionWeights: state.weights } };
    if (name === 'ListVersionsByFunctionCommand') {
      const all = ['$LATEST', ...state.versions];
      const at = Number(input.Marker ?? 0);
      const Versions = all.slice(at, at + 2).map((Version) => ({ Version }));
      return { Versions, ...(at + 2 < all.length ? { NextMarker: String(at + 2) } : {}) };
    }
    if (name === 'ListDurableExecutionsByFunctionCommand') {
      expect(input.Statuses).toEqual(['RUNNING']);
      if (!input.Marker) return { DurableExecutions: [], NextMarker: 'second' };
      return { DurableExecutions: state.running.has(input.Qualifier ?? '') ? [{}] : [] };
    }
    expect([name, state.versions.delete(input.Qualifier ?? '')]).toEqual(['DeleteFunctionCommand', true]);
    return {};
  };
  return {
    send: async (command: { input: Record<string, string> }) => answer(command.constructor.name, command.input),
  } as unknown as LambdaClient;
};
const stateOf = (more: Partial<Lambda> = {}): Lambda => ({
  ...{ versions: new Set(['1', '2', '9', '10', '11']), version: '10', weights: {}, running: new Set(['2']) },
  ...more,
});
const usesOf = async (state: Lambda) =>
  Object.fromEntries((await findVersions(lambdaOf(state), alias)).map(({ number, use }) => [number, use]));

describe('published versions', () => {
  it('are in use while executions run on them, and from the version of the alias on', async () => {
    expect(await usesOf(stateOf())).toEqual({
      ...{ 1: 'unused', 2: 'running', 9: 'unused' },
      ...{ 10: 'current', 11: 'current' },
    });
    expect(await usesOf(stateOf({ weights: { 9: 0.1 } }))).toMatchObject({ 1: 'unused', 9: 'current' });
  });

  it('are removed when they are unused, which is asked again before each', async () => {
    const state = stateOf();
    const client = lambdaOf(state);
    expect(await removeVersion(client, alias, '1')).toBe(true);
    state.running.add('9');
    expect(await removeVersion(client, alias, '9')).toBe(false);
    state.running.clear();
    state.version = '9';
    expect(await removeVersion(client, alias, '9')).toBe(false);
    expect([...state.versions]).toEqual(['2', '9', '10', '11']);
  });

  it('that cannot be removed are told of, and the others are removed and recorded', async () => {
    const before = process.exitCode;
    onTestFinished(() => {
      process.exitCode = before;
    });
    const errors = vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(console, 'log').mockReturnValue();
    const client = lambdaOf(stateOf());
    const found = (await findVersions(client, alias)).map((version) => ({ alias, version }));
    const send = async (command: Parameters<typeof client.send>[0]) => {
      const { Qualifier } = command.input as { Qualifier?: string };
      if (command.constructor.name === 'DeleteFunctionCommand' && Qualifier === '1')
        throw new Error('ResourceConflict');
      return client.send(command);
    };
    const changes = await removeUnused({ send } as unknown as LambdaClient, found);
    expect(changes.map(({ of }) => of)).toEqual(['facade-jobs:9']);
    expect(errors.mock.calls).toEqual([['facade-jobs:1 could not be removed: ResourceConflict']]);
    expect(process.exitCode).toBe(1);
  });

  it.each([
    ['UPDATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE', true],
    ['UPDATE_IN_PROGRESS', false],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', false],
    ['UPDATE_ROLLBACK_FAILED', false],
  ])('are not removed during a deployment, which may go back to them: %s', async (StackStatus, isSettled) => {
    const stack = { send: async () => ({ Stacks: [{ StackStatus }] }) } as unknown as CloudFormationClient;
    const looked = expectSettled(stack, 'signals-facade-prod');
    if (isSettled) return expect(looked).resolves.toBeUndefined();
    return expect(looked).rejects.toThrow(`The stack signals-facade-prod is ${StackStatus}.`);
  });

  it('are of the functions that have an alias in the stack', async () => {
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:facade-jobs';
    const resources = [
      { ResourceType: 'AWS::Lambda::Version', PhysicalResourceId: `${arn}:10`, ResourceStatus: 'CREATE_COMPLETE' },
      { ResourceType: 'AWS::Lambda::Alias', PhysicalResourceId: `${arn}:live`, ResourceStatus: 'UPDATE_COMPLETE' },
      { ResourceType: 'AWS::Lambda::Alias', PhysicalResourceId: `${arn}:old`, ResourceStatus: 'DELETE_COMPLETE' },
    ];
    const stack = {
      send: async ({ input }: { input: { NextToken?: string } }) => {
        const at = Number(input.NextToken ?? 0);
        const StackResourceSummaries = resources.slice(at, at + 1);
        return { StackResourceSummaries, ...(at + 1 < resources.length ? { NextToken: String(at + 1) } : {}) };
      },
    } as unknown as CloudFormationClient;
    expect(await findAliases(stack, 'signals-facade-prod')).toEqual([alias]);
  });
});
