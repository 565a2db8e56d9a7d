/** `npm run operator` as a person mistypes it. Nothing is asked of AWS. */
import { describe, expect, it, vi } from 'vitest';
import { runOperator } from '../../../local/operator/run-operator.ts';
import { runStageCommand } from '../../../local/operator/stage-commands.ts';
import { type Outcome, runCommand, runScript } from '../../support/command.ts';
import { isFull } from '../../support/test-size.ts';
import { createCommandLine } from './api/support.ts';

const script = 'local/operator/main.ts';
const operator = (...args: string[]): Promise<Outcome> => runScript(script, args);

/** A command of the stage, which is a process at full size only. */
const onStage = (args: readonly string[], command = runStageCommand): Promise<Outcome> => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  return runCommand(script, command, args);
};

/** The family is found first. */
const onAny = async (args: readonly string[]) => {
  const { host, seen } = createCommandLine(() => Response.json({ data: [] }));
  const outcome = await onStage(args, (words) => runOperator(words, host));
  return { ...outcome, requests: seen.length };
};

describe('npm run operator', () => {
  it('says how it is used', async () => {
    const { code, stdout, stderr } = await operator('--help');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage:\n {2}npm run operator -- put-credential --stage NAME/);
    expect(stdout).toMatch(/\n {2}consumers +applications that may call: list, show, create/);
  });

  it.each([
    [['help', 'put-credential'], 0, /^Usage:\n {2}npm run operator -- put-credential/, /^$/],
    [['help', 'consumers'], 0, /^consumers: applications/, /^$/],
    [['consumers', 'create', '--help'], 0, /^npm run operator -- consumers create ID/, /^$/],
    [['consumer', 'list'], 2, /^$/, /do you mean consumers\?/],
    [['consumers', 'list', '--url', 'http://127.0.0.1:1'], 2, /^$/, /No key was given/],
  ])('takes %j, and ends with status %i', async (args, status, printed, told) => {
    const { code, stdout, stderr } = await operator(...args);

    expect([code, stdout, stderr]).toEqual([status, expect.stringMatching(printed), expect.stringMatching(told)]);
  });

  it.each([[['--id', 'usage', 'add-admin', '--stage', 'dev']], [['--stage', 'dev', '--id', 'consumers', 'add-admin']]])(
    'knows a stage command after options that have the name of a noun: %j',
    async (args) => {
      const { code, stderr } = await onAny(args);

      expect([code, stderr]).toEqual([1, expect.stringContaining('No AWS region is set')]);
    },
  );

  it.runIf(!isFull)('knows a noun whose id is a stage command', async () => {
    expect(await onAny(['consumers', 'show', 'hold'])).toMatchObject({ requests: 1, stderr: '' });
    expect(await onAny(['--entity', 'queues', 'archive', 'list'])).toMatchObject({ requests: 1, stderr: '' });
  });

  it.each([
    [['--stag', 'dev']],
    [[]],
    [['add-admins']],
    [['queues', '--stage', 'dev']],
    [['queues', '--stage', 'dev', '--region', 'eu-west-1', '--remove', 'some']],
    [['versions', '--stage', 'dev']],
    [['versions', '--stage', 'dev', '--region', 'eu-west-1', '--remove', 'all']],
    [['add-admin', '--id', 'ops']],
    [['add-consumer', '--stage', 'dev', '--id', 'app']],
    [['add-admin', '--stage', 'dev', '--id', 'ops', '--region']],
    [['add-admin', '--stage', 'dev', '--id', 'ops']],
  ])('ends with status 1 and one line about %j', async (args) => {
    const { code, stdout, stderr } = await (args[0] === '--stag' ? operator(...args) : onStage(args));

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]* Fix: npm run operator -- --help lists the options\.\n$/);
  });
});
