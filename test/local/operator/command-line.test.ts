/** `npm run operator` as a person mistypes it. Nothing is asked of AWS. */
import { describe, expect, it, vi } from 'vitest';
import { runStageCommand } from '../../../local/operator/stage-commands.ts';
import { type Outcome, runCommand, runScript } from '../../support/command.ts';

const script = 'local/operator/main.ts';
const operator = (...args: string[]): Promise<Outcome> => runScript(script, args);

/** A command of the stage, which is a process at full size only. */
const onStage = (args: readonly string[]): Promise<Outcome> => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  return runCommand(script, runStageCommand, args);
};

describe('npm run operator', () => {
  it('says how it is used', async () => {
    const { code, stdout, stderr } = await operator('--help');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage:\n {2}npm run operator -- put-credential --stage NAME/);
    expect(stdout).toMatch(/\n {2}consumers +applications that may call: list, show, create/);
  });

  it.each([
    [['help', 'consumers'], 0, /^consumers: applications/, /^$/],
    [['consumers', 'create', '--help'], 0, /^npm run operator -- consumers create ID/, /^$/],
    [['consumer', 'list'], 2, /^$/, /do you mean consumers\?/],
    [['consumers', 'list', '--url', 'http://127.0.0.1:1'], 2, /^$/, /No key was given/],
  ])('takes %j, and ends with status %i', async (args, status, printed, told) => {
    const { code, stdout, stderr } = await operator(...args);

    expect([code, stdout, stderr]).toEqual([status, expect.stringMatching(printed), expect.stringMatching(told)]);
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
