import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { Bucket, createBucket, expectRefusal, startServer } from './s3-setup.ts';

const serverModule = new URL('../../../../local/emulators/s3/server.ts', import.meta.url).href;

/** S3 in a process of its own, which can be killed. */
const spawnServer = async (stateDir: string): Promise<{ child: ChildProcess; url: string }> => {
  const script = `import { startS3 } from ${JSON.stringify(serverModule)};
    const { url } = await startS3({ stateDir: ${JSON.stringify(stateDir)} });
    process.stdout.write(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [url] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, url: url.toString() };
};

it('shows nothing of an upload during which the process was killed, and all that was answered before', async () => {
  const stateDir = await temporaryFolder();
  const { child, url } = await spawnServer(stateDir);
  const client = s3Client(url);
  await createBucket(client);
  await client.send(new PutObjectCommand({ Bucket, Key: 'replaced', Body: 'former' }));
  const uploads = ['new', 'replaced'].map((Key) => {
    const Body = new PassThrough();
    Body.write(Buffer.alloc(100_000));
    return client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 200_000 })).catch(() => 'cut');
  });
  await expect.poll(() => readdir(join(stateDir, 'incoming'))).toHaveLength(2);
  const killed = once(child, 'exit');
  child.kill('SIGKILL');
  await killed;
  expect(await Promise.all(uploads)).toEqual(['cut', 'cut']);

  const after = s3Client((await startServer({ stateDir })).url);
  await expectRefusal(after.send(new HeadObjectCommand({ Bucket, Key: 'new' })), 'NotFound', 404);
  const { Body } = await after.send(new GetObjectCommand({ Bucket, Key: 'replaced' }));
  expect(await Body?.transformToString()).toBe('former');
  expect(await readdir(join(stateDir, 'incoming'))).toEqual([]);
});
