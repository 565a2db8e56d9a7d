/** /v1/entities/{eid}/attachments against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createLaboratory, type Laboratory } from '../../support/laboratory.ts';

const retry = 'onConflict=retry';
const files = `/v1/entities/${demoIds.filesExperiment}/attachments`;
const bytes = Buffer.from([0, 255, 13, 10, 0, 128]);
const binary = { 'content-type': 'application/octet-stream' };

const add = ({ ask }: Laboratory, name: string, more: object = {}) =>
  ask('POST', `${files}?${retry}&filename=${encodeURIComponent(name)}`, { bytes, headers: binary, ...more });

type File = { readonly id: string; readonly attributes: { readonly name: string; readonly kind: string } };
const listed = async ({ get }: Laboratory, all = files): Promise<readonly File[]> => (await get(all)).document.data;

describe('files', () => {
  it('are added, listed, read, replaced, each byte as it was', async () => {
    const laboratory = await createLaboratory();
    const { ask, get } = laboratory;
    const added = await add(laboratory, 'run 7.bin');
    expect([added.status, added.document.data.attributes]).toMatchObject([
      201,
      { name: 'run 7.bin', kind: 'uploadedResource' },
    ]);
    expect(added.headers.location).toBe(added.document.data.links.self);
    expect((await listed(laboratory)).map(({ id }) => id)).toContain(added.document.data.id);

    const self = new URL(String(added.headers.location)).pathname;
    const read = await get(self);
    expect([read.status, read.body]).toEqual([200, bytes]);
    expect(read.headers['content-disposition']).toContain('run+7.bin');
    const head = await ask('HEAD', self);
    expect([head.status, head.body.byteLength]).toEqual([200, 0]);

    const other = Buffer.from('other bytes');
    const replaced = await ask('PUT', self, {
      bytes: other,
      headers: { ...binary, 'if-match': String(added.headers.etag) },
    });
    expect([replaced.status, replaced.document.data.id]).toEqual([200, added.document.data.id]);
    expect((await get(self)).body).toEqual(other);
    const late = await ask('PUT', self, { bytes, headers: { ...binary, 'if-match': String(added.headers.etag) } });
    expect([late.status, late.document.errors[0].code]).toEqual([412, 'ENTITY_CHANGED']);
    expect((await get(self)).body).toEqual(other);
  });

  it('are all there is to list: neither tables nor samples, and from all pages', async () => {
    const laboratory = await createLaboratory();
    const { simulator } = laboratory;
    const kinds = new Set(
      (await listed(laboratory, `/v1/entities/${demoIds.experiment}/attachments`)).map(
        ({ attributes }) => attributes.kind,
      ),
    );
    expect(kinds).toContain('text');
    expect([...kinds].filter((kind) => ['grid', 'samplesContainer', 'sample', 'worksheet'].includes(kind))).toEqual([]);
    const before = (await listed(laboratory)).length;
    for (let index = 0; index < 120; index += 1)
      simulator.tenant.entities.create({
        ...{
          id: `text:many-${index}`,
          type: 'text',
          name: `many ${index}`,
          createdBy: '100',
          parentId: demoIds.filesExperiment,
        },
      });
    expect((await listed(laboratory)).length).toBe(before + 120);
  });

  it.each(['Übersicht ☃ 試薬.txt', 'a&b=c?d#e%2F.txt', 'it\'s "quoted".txt', '=cmd.csv', '...a', 'a'.repeat(200)])(
    'have the name %s as it was given',
    async (name) => {
      const laboratory = await createLaboratory();
      const added = await add(laboratory, name);
      expect([added.status, added.document.data.attributes.name]).toEqual([201, name]);
      expect((await listed(laboratory)).map(({ attributes }) => attributes.name)).toContain(name);
      const read = await laboratory.get(new URL(String(added.headers.location)).pathname);
      expect(read.status).toBe(200);
    },
  );

  it.each([
    'a\nb.txt',
    'a\r\nX-Evil: 1',
    'a/b.txt',
    '../a.txt',
    'a\\b.txt',
    '..',
    '.',
    '',
    ' a.txt',
    'a\u2028b',
    'a\u0000b',
    'a'.repeat(201),
  ])('do not get the name %j', async (name) => {
    const laboratory = await createLaboratory();
    const { status, document } = await add(laboratory, name);
    expect([status, document.errors[0].source]).toEqual([400, { parameter: 'filename' }]);
    expect(laboratory.simulator.arrivals).toEqual([]);
  });

  it('may be empty', async () => {
    const laboratory = await createLaboratory();
    const added = await laboratory.ask('POST', `${files}?${retry}&filename=empty.bin`, { headers: binary });
    expect(added.status).toBe(201);
    const read = await laboratory.get(new URL(String(added.headers.location)).pathname);
    expect([read.status, read.body.byteLength]).toEqual([200, 0]);
  });

  it('that are too large are sent elsewhere, and forms are refused', async () => {
    const laboratory = await createLaboratory();
    const large = await add(laboratory, 'large.bin', { bytes: Buffer.alloc(4_194_305) });
    expect([large.status, large.document.errors[0].detail]).toEqual([413, expect.stringContaining('POST /v1/uploads')]);
    const form = await add(laboratory, 'a.bin', { headers: { 'content-type': 'multipart/form-data; boundary=x' } });
    expect([form.status, form.document.errors[0].code]).toEqual([415, 'MEDIA_TYPE_UNKNOWN']);
    const coded = await add(laboratory, 'a.bin', { headers: { ...binary, 'content-encoding': 'gzip' } });
    expect([coded.status, coded.document.errors[0].source]).toEqual([415, { header: 'Content-Encoding' }]);
    expect(laboratory.simulator.arrivals.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('of the service account are not replayed to who must be a person', async () => {
    const laboratory = await createLaboratory();
    expect((await add(laboratory, 'k.bin', { key: 'k' })).headers['x-acting-as']).toBe('service');
    await laboratory.registry.save(
      {
        ...{ id: 'app', scopes: ['*:*'], state: 'active' },
        ...{ actsAs: ['service', 'bearer'], userAttributed: ['entities:write'] },
      },
      hashKey('app-now'),
    );
    const again = await add(laboratory, 'k.bin', { as: 'app-now', key: 'k' });
    expect([again.status, again.document.errors?.[0].code]).toEqual([403, 'USER_TOKEN_NEEDED']);
  });

  it('belong to their entity, and are none of another', async () => {
    const { ask, get } = await createLaboratory();
    const strange = `/v1/entities/${demoIds.experiment}/attachments/${demoIds.excel}`;
    const answers = [await get(strange), await ask('PUT', `${strange}?${retry}`, { bytes, headers: binary })];
    expect(answers.map(({ status, document }) => [status, document.errors[0].code])).toEqual([
      [404, 'ENTITY_UNKNOWN'],
      [404, 'ENTITY_UNKNOWN'],
    ]);
    const nowhere = await get('/v1/entities/experiment:00000000-0000-4000-a000-000000000999/attachments');
    expect(nowhere.status).toBe(404);
  });

  it('are each added, where several are added at once', async () => {
    const laboratory = await createLaboratory();
    const names = Array.from({ length: 5 }, (_, index) => `at-once-${index}.bin`);
    const answers = await Promise.all(names.map((name) => add(laboratory, name)));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect((await listed(laboratory)).map(({ attributes }) => attributes.name)).toEqual(expect.arrayContaining(names));
  });

  it('are added once under an idempotency key', async () => {
    const laboratory = await createLaboratory();
    const answers = [
      await add(laboratory, 'once.bin', { key: 'k1' }),
      await add(laboratory, 'once.bin', { key: 'k1' }),
    ];
    expect(answers.map(({ status, document }) => [status, document.data.id])).toEqual(
      answers.map(() => [201, answers[0]?.document.data.id]),
    );
    expect((await listed(laboratory)).filter(({ attributes }) => attributes.name === 'once.bin')).toHaveLength(1);
  });
});
