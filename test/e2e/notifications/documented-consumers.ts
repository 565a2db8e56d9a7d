/** The consumers of docs/notifications.md, run as the document says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../../local/start/settings.ts';
import type { TestTwin } from '../../support/twin.ts';
import type { NotificationsUser } from './user.ts';

/** The block of the document in that language. */
const sample = (language: string): string => {
  const document = readFileSync(join(projectRoot, 'docs/notifications.md'), 'utf8');
  return new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm').exec(document)?.[1] ?? '';
};

/** Runs a consumer, as the document says how. */
const run = (twin: TestTwin, command: string, args: readonly string[], QUEUE_URL: string): ChildProcess => {
  const region = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' };
  const keys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
  const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL_SQS: twin.endpoints.sqs, QUEUE_URL, ...region, ...keys };
  const child = spawn(command, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

const hasBoto3 = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('python3', ['-c', 'import boto3'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });

export const documentedConsumers = (
  twinOf: () => TestTwin,
  sqs: () => SQSClient,
  { ask, subscribe }: NotificationsUser,
): void => {
  it.for<readonly [string, string, readonly string[]]>([
    ['ts', process.execPath, ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e']],
    ['python', 'python3', ['-c']],
  ])('print a test event once: %s', async ([language, command, args], { skip }) => {
    if (language === 'python' && !(await hasBoto3())) skip('boto3 is not installed');
    const { id, queueUrl } = await subscribe({
      queue: { kind: 'standard' },
      filter: { subject: [`sample:${language}`] },
    });
    const attributes = { type: 'close', entity: `sample:${language}` };
    const { status, document } = await ask('POST', '/v1/events', { type: 'event', attributes });
    expect(status).toBe(202);
    const { event, deliveries } = document.data.attributes;
    expect(event.delivery).toBe('test');
    expect(deliveries).toContainEqual(expect.objectContaining({ subscriptionId: id, outcome: 'sent' }));
    const child = run(twinOf(), command, [...args, sample(language)], queueUrl);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed).toBe(`${event.id} com.revvity.signals.close sample:${language}\n`);
  });

  it('handle a batch of a Lambda function, and report the message that fails', async () => {
    const { queueUrl } = await subscribe({ queue: { kind: 'standard' }, filter: { subject: ['sample:js'] } });
    const attributes = { type: 'close', entity: 'sample:js' };
    const { document } = await ask('POST', '/v1/events', { type: 'event', attributes });
    const wanted = { QueueUrl: queueUrl, WaitTimeSeconds: 20 };
    const { Messages: [message] = [] } = await sqs().send(new ReceiveMessageCommand(wanted));
    const record = { eventSource: 'aws:sqs', messageId: 'good', body: message?.Body };
    const batch = { Records: [record, { ...record, messageId: 'bad', body: '{' }, { ...record, messageId: 'again' }] };
    const call = `console.log(JSON.stringify(await handler(${JSON.stringify(batch)}, {})))`;
    const child = run(twinOf(), process.execPath, ['--input-type=module', '-e', `${sample('js')}\n${call}`], queueUrl);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const { event } = document.data.attributes;
    const answer = JSON.stringify({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    await expect.poll(() => printed).toBe(`${event.id} com.revvity.signals.close sample:js\n${answer}\n`);
  });
};
