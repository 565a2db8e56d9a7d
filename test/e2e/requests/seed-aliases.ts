/** The aliases of the seed in a twin whose stage has them on: they answer, the native operations beside them too, and the document has both. */
import { describe, expect, it } from 'vitest';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import type { TestTwin } from '../../support/twin.ts';

type Wish = { readonly document?: object; readonly text?: string; readonly key?: string };
type Row = { readonly id: string };
type Entity = { readonly attributes: { readonly description: string } };
type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>> };

const retry = 'onConflict=retry';
const jsonApi = 'application/vnd.api+json';

export const testSeedAliases = (twinOf: () => TestTwin) =>
  describe('the aliases of the seed', () => {
    const ask = async (method: string, path: string, { document, text, key }: Wish = {}) => {
      const body = document === undefined ? text : JSON.stringify(document);
      const answer = await fetch(`${twinOf().url}${signalsBasePath}${path}`, {
        method,
        headers: {
          'x-api-key': 'demo-app',
          ...(body === undefined ? {} : { 'content-type': text === undefined ? jsonApi : 'text/csv' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body }),
      });
      const bytes = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      const parsed =
        isJson && bytes !== '' ? (JSON.parse(bytes) as { data?: unknown; errors?: readonly { code: string }[] }) : {};
      return { status: answer.status, text: bytes, data: parsed.data, code: parsed.errors?.[0]?.code };
    };
    const rows = `/entities/${demoIds.grid}/rows`;
    const files = `/entities/${demoIds.experiment}/attachments`;
    const idsIn = async (): Promise<string[]> => ((await ask('GET', rows)).data as Row[]).map(({ id }) => id);

    it('read, add, change and delete rows, and an addition under a key is made once', async () => {
      const document = { data: { type: 'table-rows', attributes: { rows: [{ cells: { Colour: 'by alias' } }] } } };
      const added = await ask('POST', `${rows}?${retry}`, { document, key: 'alias-rows' });
      const again = await ask('POST', `${rows}?${retry}`, { document, key: 'alias-rows' });
      expect([added.status, again.status, again.text]).toEqual([201, 201, added.text]);
      const [row] = added.data as Row[];
      const one = `${rows}/${row?.id}?${retry}`;
      const change = { data: { type: 'table-row', attributes: { cells: { Colour: 'changed' } } } };
      expect((await ask('PATCH', one, { document: change })).status).toBe(200);
      const found = ((await ask('GET', rows)).data as Row[]).filter(({ id }) => id === row?.id);
      expect(JSON.stringify(found)).toContain('changed');
      expect((await ask('DELETE', one)).status).toBe(204);
      expect(await idsIn()).not.toContain(row?.id);
    });

    it('add, list, read and replace files', async () => {
      const added = await ask('POST', `${files}?filename=alias.csv&${retry}`, { text: 'a,b' });
      const { id } = added.data as Row;
      expect(added.status).toBe(201);
      const listed = (await ask('GET', files)).data as Row[];
      expect(listed.map((file) => file.id)).toContain(id);
      expect((await ask('GET', `${files}/${id}`)).text).toBe('a,b');
      expect((await ask('HEAD', `${files}/${id}`)).status).toBe(200);
      expect((await ask('PUT', `${files}/${id}?${retry}`, { text: 'c,d' })).status).toBe(200);
      expect((await ask('GET', `${files}/${id}`)).text).toBe('c,d');
    });

    it('change properties beside the native read of the entity, and list templates', async () => {
      const one = `/entities/${demoIds.experiment}`;
      const change = { data: { type: 'entity', attributes: { properties: { Description: 'by alias' } } } };
      const description = async () => ((await ask('GET', one)).data as Entity).attributes.description;
      expect((await ask('PATCH', `${one}?${retry}`, { document: change })).status).toBe(200);
      expect(await description()).toBe('by alias');
      const list = { data: [{ attributes: { name: 'Description', value: 'by PUT' } }] };
      expect((await ask('PUT', `${one}/properties?force=true`, { document: list })).status).toBe(200);
      expect(await description()).toBe('by PUT');
      expect((await ask('GET', `${one}/properties`)).status).toBe(200);
      expect((await ask('GET', '/templates')).data).not.toEqual([]);
    });

    it('stand in /openapi.json, each under the path and method at which it answers', async () => {
      const { paths } = (await (await fetch(`${twinOf().url}/openapi.json`)).json()) as OpenApi;
      const listed = Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).flatMap(([method, { operationId }]) =>
          operationId.endsWith('BySeed') ? [[method.toUpperCase(), path] as const] : [],
        ),
      );
      expect(listed).toHaveLength(11);
      for (const [method, path] of nonEmpty(listed)) {
        const filled = path.slice(signalsBasePath.length).replaceAll(/\{\w+\}/g, 'nothing');
        const { code } = await ask(method, filled);
        // The tenant has no operation there, and names its errors otherwise than the facade.
        expect([method, path, code]).not.toEqual([method, path, 'MethodNotFound']);
      }
    });
  });
