/** The archive: a closing leads to a PDF, which archive-verify finds whole in a folder copied from the twin's bucket. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { demoHook } from '../../../local/operator/seed.ts';
import { runCommandLine } from '../../../packages/archive-verify/src/command-line.ts';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { actOnRecord } from '../../../packages/signals-simulator/src/tenant/records.ts';
import { hookPath } from '../../../shared/notifications/hook-routes.ts';
import { hasPdfReader, pdfText } from '../../support/pdf-text.ts';
import type { TestTwin } from '../../support/twin.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const variable = (twin: TestTwin, name: string): string =>
  Object.values(twin.gateway.environments).find((one) => one[name])?.[name] ?? '';

/** As `aws s3 sync` does. */
const copyArchive = async (twin: TestTwin): Promise<string> => {
  const Bucket = variable(twin, 'ARCHIVE_BUCKET');
  const client = new S3Client({ ...settings, endpoint: twin.endpoints.s3, forcePathStyle: true });
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key = '' } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const file = join(folder, ...Key.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, (await Body?.transformToByteArray()) ?? '');
  }
  client.destroy();
  return folder;
};

/** What the schedule does once a minute. */
const sweep = async (twin: TestTwin): Promise<void> => {
  const client = new LambdaClient({ ...settings, endpoint: variable(twin, 'AWS_ENDPOINT_URL_LAMBDA') });
  const FunctionName = variable(twin, 'JOBS_FUNCTION');
  const Payload = Buffer.from(JSON.stringify({ archiveSweep: true }));
  await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
  client.destroy();
};

const verify = async (folder: string): Promise<{ readonly status: number; readonly text: string }> => {
  const lines: string[] = [];
  const out = (text: string) => void lines.push(text);
  const status = await runCommandLine([folder, '--quiet'], { out, err: out, nowMillis: Date.now });
  return { status, text: lines.join('\n') };
};

type Entry = {
  readonly id: string;
  readonly attributes: { readonly entity: string; readonly sha256: string; readonly closedBy: string };
  readonly links: { readonly content: string };
};

/** @param twinOf the twin of the file that these promises are tested in. */
export const archivePromises = (twinOf: () => TestTwin): void => {
  const get = (path: string, key = 'demo-app'): Promise<Response> =>
    fetch(path.startsWith('http') ? path : twinOf().url + path, { headers: { 'x-api-key': key }, redirect: 'manual' });
  const entries = async (query = ''): Promise<readonly Entry[]> => {
    const response = await get(`/v1/archive${query}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { data: Entry[] }).data;
  };

  let archived: { readonly bytes: Buffer; readonly name: string } | undefined;

  it('a closing leads to a PDF in the archive, and the folder of the archive is found whole', async () => {
    const { simulator, url } = twinOf();
    const { tenant } = simulator;
    tenant.behaviour.push = { url: url + hookPath, ...demoHook, autoDismiss: true };
    const experiment = tenant.entities.get(demoIds.filesExperiment);
    if (!experiment) throw new Error('no experiment');
    actOnRecord(tenant, experiment, 'close', demoIds.keyUser);

    await expect.poll(async () => (await entries()).length, { interval: 300 }).toBe(1);
    const filters = `?filter[entity]=${experiment.id}&filter[closedBy]=${demoIds.keyUser}&filter[from]=2020-01-01T00:00:00Z`;
    const [entry] = await entries(filters);
    expect(await entries('?filter[closedBy]=999')).toEqual([]);
    const whole = await get(entry?.links.content ?? '');
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    archived = { bytes, name: experiment.name };
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry?.attributes.sha256);

    await sweep(twinOf());
    const find = async () => verify(await copyArchive(twinOf()));
    await expect.poll(async () => (await find()).status, { interval: 500 }).toBe(0);

    // A consumer of people without a linked token is told to link one; another needs the scope by its name.
    expect((await get('/v1/archive', 'demo-reader')).status).toBe(403);
    expect((await get('/v1/archive/99')).status).toBe(404);
    expect((await get('/v1/archive/..%2f1')).status).toBe(404);
  });

  it('a PDF of the archive opens in a reader, which finds the name of the experiment', ({ skip }) => {
    if (!hasPdfReader) skip('pdftotext is not installed (poppler-utils of Debian)');
    const { bytes, name } = archived ?? expect.fail('the test before has archived nothing');
    expect(pdfText(bytes)).toContain(name);
  });
};
