/** The archive: a closing leads to a PDF, which archive-verify finds whole in a folder copied from the twin's bucket. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { demoHook } from '../../../local/operator/seed.ts';
import { runCommandLine } from '../../../packages/archive-verify/src/command-line.ts';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { actOnRecord } from '../../../packages/signals-simulator/src/tenant/records.ts';
import { hookPath } from '../../../shared/notifications/hook-routes.ts';
import { hasPdfReader, pdfText } from '../../support/pdf-text.ts';
import { isFull } from '../../support/test-size.ts';
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

/** As its schedule does. */
const sealAuditLog = async ({ gateway }: TestTwin): Promise<unknown> => {
  const id = Object.keys(gateway.environments).find((one) => one.startsWith('SealerFunction')) ?? '';
  return gateway.invoke(id, {});
};

const verify = async (folder: string): Promise<{ readonly status: number; readonly text: string }> => {
  const lines: string[] = [];
  const out = (text: string) => void lines.push(text);
  const status = await runCommandLine([folder, '--quiet', '--expect-audit-log'], {
    out,
    err: out,
    nowMillis: Date.now,
  });
  return { status, text: lines.join('\n') };
};

/** What its schedule does. @param name of the function in `functions/`. */
const runNow = async ({ gateway }: TestTwin, name: 'verifier' | 'holder'): Promise<void> => {
  const isOf = ([, variables]: readonly [string, Readonly<Record<string, string>>]) =>
    variables.POWERTOOLS_SERVICE_NAME === `signals-facade-${name}`;
  await gateway.invoke(Object.entries(gateway.environments).find(isOf)?.[0] ?? '', {});
};

/** Does something with S3 and the key of each archived object of an experiment. */
const withObjects = async <T>(
  twin: TestTwin,
  eid: string,
  work: (client: S3Client, object: { readonly Bucket: string; readonly Key: string }) => Promise<T>,
): Promise<T[]> => {
  const Bucket = variable(twin, 'ARCHIVE_BUCKET');
  const client = new S3Client({ ...settings, endpoint: twin.endpoints.s3, forcePathStyle: true });
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'documents/' }));
  const keys = Contents.map(({ Key = '' }) => Key).filter((key) => key.includes(eid.split(':')[1] ?? ''));
  return Promise.all(keys.map((Key) => work(client, { Bucket, Key }))).finally(() => client.destroy());
};

/** Neither retention nor a hold keeps anybody from writing a later version. On AWS the policy of the bucket refuses it. */
const writeOver = async (twin: TestTwin, eid: string): Promise<void> => {
  await withObjects(twin, eid, async (client, object) => {
    if (object.Key.endsWith('.pdf')) await client.send(new PutObjectCommand({ ...object, Body: 'another' }));
  });
};

const holdsOf = (twin: TestTwin, eid: string): Promise<(string | undefined)[]> =>
  withObjects(
    twin,
    eid,
    async (client, object) => (await client.send(new HeadObjectCommand(object))).ObjectLockLegalHoldStatus,
  );

type Refusal = { readonly errors: readonly { readonly code: string }[] };

type Verification = {
  readonly verifiedAt: string | null;
  readonly documents: number;
  readonly faults: readonly { readonly code: string; readonly entity?: string }[];
};

type Entry = {
  readonly id: string;
  readonly attributes: {
    readonly entity: string;
    readonly sha256: string;
    readonly closedBy: string;
    readonly legalHold: boolean;
  };
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
  type Attributes = Readonly<Record<string, unknown>>;
  const readJson = async (path: string): Promise<{ data: { attributes: Attributes } }> =>
    (await (await get(path, 'demo-admin')).json()) as { data: { attributes: Attributes } };
  const verification = async (): Promise<Verification> =>
    (await readJson('/v1/archive/verification')).data.attributes as unknown as Verification;
  const healthOfArchive = async () => {
    const { checks } = (await readJson('/v1/health')).data.attributes as unknown as { checks: { name: string }[] };
    return checks.find(({ name }) => name === 'archive');
  };

  const post = (path: string, data?: object): Promise<Response> =>
    fetch(twinOf().url + path, {
      method: 'POST',
      headers: { 'x-api-key': 'demo-admin', ...(data ? { 'content-type': 'application/vnd.api+json' } : {}) },
      ...(data ? { body: JSON.stringify({ data }) } : {}),
    });

  /** A legal hold is on PDF and manifest while it lasts. */
  const holdPromise = async (entity: string): Promise<void> => {
    const held = async () => [(await entries())[0]?.attributes.legalHold, await holdsOf(twinOf(), entity)];
    expect(await held()).toEqual([false, [undefined, undefined]]);
    const placed = await post('/v1/archive/holds', { type: 'hold', attributes: { entity, reason: 'a dispute' } });
    expect(placed.status).toBe(201);
    const { data } = (await placed.json()) as { data: { id: string } };
    await runNow(twinOf(), 'holder');
    expect(await held()).toEqual([true, ['ON', 'ON']]);
    const path = `/v1/archive/holds/${encodeURIComponent(data.id)}`;
    expect((await readJson(path)).data.attributes).toMatchObject({
      state: 'held',
      isApplied: true,
      reason: 'a dispute',
    });
    expect((await get(path)).status).toBe(403);
    const release = { type: 'hold-release', attributes: { reason: 'settled' } };
    expect((await post(`${path}/release`, release)).status).toBe(200);
    await runNow(twinOf(), 'holder');
    expect((await held())[0]).toBe(false);
    for (const flag of await holdsOf(twinOf(), entity)) expect(flag ?? 'OFF').toBe('OFF');
    expect(((await (await post(`${path}/release`, release)).json()) as Refusal).errors[0]?.code).toBe('HOLD_RELEASED');
  };

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
    const find = async () => {
      await sealAuditLog(twinOf());
      return verify(await copyArchive(twinOf()));
    };
    // A head is signed a minute after the one before at the earliest.
    await expect.poll(async () => (await find()).status, { interval: 500 }).toBe(0);
    expect((await find()).text).toMatch(/audit log +[1-9]\d* segments, last number [1-9]\d*, with [1-9]\d* records/);

    await holdPromise(experiment.id);

    // What somebody does to the bucket is named by the next verification, with the experiment, and health says so.
    expect((await verification()).verifiedAt).toBeNull();
    await writeOver(twinOf(), experiment.id);
    await runNow(twinOf(), 'verifier');
    const { verifiedAt, documents, faults } = await verification();
    expect([typeof verifiedAt, documents]).toEqual(['string', 1]);
    expect(faults).toMatchObject([{ code: 'extra-version', entity: experiment.id }]);
    expect((await get('/v1/archive/verification')).status).toBe(403);
    expect(await healthOfArchive()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('found a fault'),
    });

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

  it.runIf(isFull)('a backfill archives the experiments that were closed before, found by search', async () => {
    const { tenant } = twinOf().simulator;
    const closed = [...tenant.entities.ofType('experiment')].filter(({ state }) => /closed|archived/.test(state ?? ''));
    const kept = closed.filter(({ id, isTemplate }) => id !== demoIds.filesExperiment && !isTemplate).slice(0, 2);
    expect(kept).toHaveLength(2);
    // Making all of them takes minutes.
    for (const experiment of closed)
      if (![...kept.map(({ id }) => id), demoIds.filesExperiment].includes(experiment.id)) experiment.state = 'open';
    const before = (await entries()).length;
    const made = await post('/v1/archive/backfills');
    expect(made.status).toBe(202);
    const { data } = (await made.json()) as { data: { id: string } };
    await sweep(twinOf());
    const stateOf = async () => (await readJson(`/v1/archive/backfills/${data.id}`)).data.attributes;
    await expect.poll(async () => (await stateOf()).state, { interval: 500 }).toBe('done');
    expect(await stateOf()).toMatchObject({ total: 2 + before, progress: { archived: 2, present: before, failed: 0 } });
    const archived = (await entries()).map(({ attributes }) => attributes.entity);
    for (const { id } of kept) expect(archived).toContain(id);
  });
};
