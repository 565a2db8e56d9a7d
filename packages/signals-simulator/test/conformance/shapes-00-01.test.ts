/** client-shapes, sections 0 and 1: what public clients send and read everywhere, entities, uploads and exports. */
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { createChild, facts, itWrites, newEntity } from './target.ts';

interface Named {
  readonly id: string;
  readonly attributes: { readonly name: string; readonly type: string; readonly digest: string };
}

facts('client-shapes 0. general', (fixture) => {
  itWrites('section 0: a missing key is refused in `errors`, with status and code as texts', async () => {
    const { json } = await fixture.target.get('/version', { key: null });
    expect(json).toEqual({
      errors: [{ status: '401', code: 'Unauthorized', title: expect.any(String), detail: expect.any(String) }],
    });
  });

  itWrites(
    'section 0: a name beside an auto-numbering template is refused in the words that clients compare',
    async () => {
      const body = newEntity(
        'experiment',
        { name: 'x' },
        { parent: demoIds.notebook, template: demoIds.numberedTemplate },
      );
      const { json } = await fixture.target.post('/entities?force=true', body);
      expect(json.errors[0].detail).toContain('According to template, name is auto generated, can not be specified');
    },
  );

  itWrites('section 0: a Content-Type on GET and DELETE is no matter', async () => {
    const headers = { 'content-type': 'application/vnd.api+json', accept: '*/*' };
    expect((await fixture.target.get('/version', { headers })).status).toBe(200);
    const made = await fixture.target.post('/entities', newEntity('journal', { name: 'Typed delete' }));
    expect((await fixture.target.remove(`/entities/${made.json.data.id}?force=true`, { headers })).status).toBe(204);
  });

  itWrites('section 0: an upload without a body is accepted', async () => {
    const path = `/entities/${demoIds.filesExperiment}/children/empty.bin?force=true`;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '0' };
    const made = await fixture.target.send('POST', path, { headers });
    expect(made.status).toBe(201);
    expect((await fixture.target.get(`/entities/${made.json.data.id}/export`)).bytes).toHaveLength(0);
  });

  itWrites.each(['/users', '/groups', '/roles', '/attributes'])(
    '(S34) bare offset and limit are ignored on %s, an empty q too',
    async (path) => {
      const plain = await fixture.target.get(path);
      const asked = await fixture.target.get(`${path}?q=&enabled=true&offset=3&limit=1`);
      expect([plain.status, asked.status]).toEqual([200, 200]);
      expect(asked.json.data.length).toBeGreaterThan(1);
      expect(asked.json.data[0].id).toBe(plain.json.data[0].id);
    },
  );

  itWrites.each([
    '2026-01-05T09:00:00.123456%2B00:00',
    '2026-01-05T09:00:00.123456+00:00',
    '2026-01-05T09:00:00.123456',
    '2026-01-05T09:00:00Z',
  ])('section 0: times may come as %s', async (start) => {
    const { status, json } = await fixture.target.get(`/entities?start=${start}&page[limit]=1`);
    expect([status, json.data.length]).toEqual([200, 1]);
  });

  itWrites('section 0: a time without a zone is UTC', async () => {
    const list = async (query: string) =>
      (await fixture.target.get(`/entities?page[limit]=100&${query}`)).json.data.length;
    expect(await list('end=2026-01-06T09:00:00.000000')).toBe(await list('end=2026-01-06T09:00:00.000000Z'));
  });
});

facts('client-shapes 1. entities', (fixture) => {
  const children = async (eid: string): Promise<Named[]> =>
    (await fixture.target.get(`/entities/${eid}/children?page[limit]=100`)).json.data;
  const typesOf = async (eid: string) => (await children(eid)).map(({ attributes }) => attributes.type).toSorted();

  itWrites.each([
    ['request', () => demoSpecials.request, ['taskContainer', 'text', 'viewonly']],
    ['ado', () => demoSpecials.ado, ['linkedTaskContainer', 'text']],
    ['paraexp', () => demoSpecials.paraexp, ['paragrid', 'text']],
    ['taskContainer', () => demoSpecials.tasks, ['task']],
    ['samplesContainer', () => demoIds.samplesContainer, ['sample']],
    ['journal', () => demoIds.notebook, ['experiment']],
    ['experiment', () => demoIds.experiment, ['text', 'grid']],
  ])('(S16) the children of a %s are listed', async (_type, idOf, expected) => {
    expect(await typesOf(idOf())).toEqual(expect.arrayContaining([...expected]));
  });

  itWrites('(S16) the child of a sub-experiment is a drawing', async () => {
    const sub = (await children(demoSpecials.paraexp)).find(({ attributes }) => attributes.type === 'parasubexp');
    expect(await typesOf(sub?.id ?? '')).toEqual(['chemicalDrawing']);
  });

  itWrites('(S16) a leaf, and order=layout outside experiments, is 400', async () => {
    expect((await fixture.target.get(`/entities/${demoIds.text}/children`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.notebook}/children?order=layout`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.experiment}/children?order=layout`)).status).toBe(200);
  });

  itWrites('section 1: children of a template have the digest 0 until their first edit', async () => {
    const made = await createChild(
      fixture.target,
      'experiment',
      demoIds.notebook,
      { name: 'Zero' },
      demoIds.experimentTemplate,
    );
    const [aim] = await children(made.id);
    expect(aim?.attributes.digest).toBe('0');
    const body = { data: [{ attributes: { name: 'Description', value: 'x' } }] };
    expect((await fixture.target.patch(`/entities/${aim?.id}/properties?digest=0`, body)).status).toBe(200);
    expect((await children(made.id))[0]?.attributes.digest).not.toBe('0');
  });

  itWrites('section 1: header attributes of an experiment fill the properties of the same name', async () => {
    const made = await createChild(fixture.target, 'experiment', demoIds.notebook, {
      name: 'Headers',
      description: 'd',
      organization: 'Chem',
      department: 'Chemistry',
      project: 'Aurora',
      modality: 'Small molecule',
    });
    expect(made.attributes.fields).toMatchObject({
      Organization: { value: 'Chem' },
      Department: { value: 'Chemistry' },
      Project: { value: 'Aurora' },
      Modality: { value: 'Small molecule' },
    });
    const journal = await fixture.target.post('/entities', newEntity('journal', { name: 'J', organization: 'Org' }));
    expect(journal.json.data.attributes.fields.Organization).toEqual({ value: 'Org' });
  });

  itWrites('section 1: a sub-experiment takes no name, is numbered and gets one blank drawing', async () => {
    const links = { parent: demoSpecials.paraexp };
    const named = newEntity('parasubexp', { name: 'x' }, links);
    expect((await fixture.target.post('/entities?force=true', named)).status).toBe(400);
    const made = await fixture.target.post(
      '/entities?force=true',
      newEntity('parasubexp', { description: 'd' }, links),
    );
    expect([made.status, made.json.data.attributes.name]).toEqual([201, expect.stringMatching(/\d/)]);
    const [drawing] = await children(made.json.data.id);
    expect((await fixture.target.get(`/entities/${drawing?.id}/export`)).text).toBe('<CDXML />');
  });

  itWrites('section 1: data.type entity and a property PATCH with an object stay 400', async () => {
    const body = { data: { type: 'entity', attributes: { type: 'experiment', name: 'x' } } };
    expect((await fixture.target.post('/entities', body)).status).toBe(400);
    const one = { data: { attributes: { name: 'Description', value: 'x' } } };
    expect((await fixture.target.patch(`/entities/${demoIds.experiment}/properties?force=true`, one)).status).toBe(400);
  });

  itWrites('(S22) an admin-defined object shows its kind on create, read, list and among children', async () => {
    const kind = { id: '1', baseType: 'experiment', adoName: 'Assay Record' };
    const body = newEntity('ado', { name: 'Another' }, { parent: demoIds.notebook });
    const made = await fixture.target.post('/entities?force=true', {
      data: { ...body.data, meta: { adoTypeName: 'Assay Record' } },
    });
    expect(made.json.data.attributes.ado).toEqual(kind);
    const path = `/entities/${demoSpecials.ado}`;
    expect((await fixture.target.get(path)).json.data.attributes.ado).toEqual(kind);
    const list = (await fixture.target.get('/entities?includeTypes=ado')).json.data;
    expect(list.map(({ attributes }: { attributes: { ado: object } }) => attributes.ado)).toEqual([kind, kind]);
  });

  itWrites.each([
    demoIds.text,
    demoIds.grid,
    demoIds.samplesContainer,
    demoIds.sample,
    demoIds.image,
    demoIds.drawing,
    demoSpecials.tasks,
    demoSpecials.plates,
    demoSpecials.materialsTable,
  ])('section 1: the properties of %s take an unchanged name and null', async (eid) => {
    const path = `/entities/${eid}/properties`;
    const before: { attributes: { name: string; value: string } }[] = (await fixture.target.get(path)).json.data;
    const name = before.find(({ attributes }) => attributes.name === 'Name')?.attributes.value;
    const data = [{ attributes: { name: 'Name', value: name } }, { attributes: { name: 'Description', value: null } }];
    expect((await fixture.target.patch(`${path}?force=true`, { data })).status).toBe(200);
  });

  itWrites('section 1: a property has value and values, and counts in its definition', async () => {
    const { data } = (await fixture.target.get(`/entities/${demoIds.experiment}/properties`)).json;
    const byName = new Map(data.map((item: { attributes: { name: string } }) => [item.attributes.name, item]));
    expect(byName.get('Reference')).toMatchObject({ attributes: { value: '', values: [] } });
    expect(byName.get('Name')).toMatchObject({
      id: '1',
      attributes: { value: 'Run 7', values: ['Run 7'] },
      meta: { definition: { type: 'text', attribute: { id: '1', name: 'Name', counts: { templates: {} } } } },
    });
    const ofSample = (await fixture.target.get(`/entities/${demoIds.sample}/properties`)).json.data;
    expect(ofSample[0].id).toBe('Name');
  });

  const media: readonly (readonly [string, string])[] = [
    ['text/plain', 'text'],
    ['chemical/x-cdx', 'chemicalDrawing'],
    ['chemical/x-mdl-molfile', 'chemicalDrawing'],
    ['image/tiff', 'imageResource'],
    ['image/svg+xml', 'imageResource'],
    ['biosequence/fasta', 'bioSequence'],
    ['biosequence/genbank', 'bioSequence'],
    ['biosequence/genpept', 'bioSequence'],
    ['chemical/x-swissprot', 'bioSequence'],
    ['application/vnd.snapgene.dna', 'bioSequence'],
    ['application/vnd.snapgene.protein', 'bioSequence'],
    ['application/msword', 'viewonly'],
    ['application/vnd.ms-word.document.macroEnabled.12', 'viewonly'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.template', 'viewonly'],
    ['application/vnd.ms-excel', 'excel'],
    ['application/vnd.ms-excel.template.macroEnabled.12', 'excel'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.template', 'excel'],
    ['application/vnd.ms-powerpoint', 'presentation'],
    ['application/vnd.openxmlformats-officedocument.presentationml.slideshow', 'presentation'],
    ['application/vnd.ms-powerpoint.slideshow.macroEnabled.12', 'presentation'],
    ['application/vnd.spotfire.dxp', 'spotfiredxp'],
    ['application/pdf', 'pdf'],
    ['application/json', 'uploadedResource'],
    ['text/csv', 'uploadedResource'],
    ['application/x-anything', 'uploadedResource'],
  ];

  itWrites.each(media)('(S26) an upload of %s without an extension becomes a %s', async (mediaType, type) => {
    const path = `/entities/${demoIds.filesExperiment}/children/${encodeURIComponent(mediaType)}?force=true`;
    const made = await fixture.target.post(path, 'content', { headers: { 'content-type': mediaType } });
    expect([made.status, made.json.data.attributes.type]).toEqual([201, type]);
    expect(made.json.data.attributes).toMatchObject({ digest: expect.any(String), editedAt: expect.any(String) });
    const back = await fixture.target.get(`/entities/${made.json.data.id}/export`);
    expect(back.headers.get('content-disposition')).toMatch(/^attachment; filename=\S/);
  });

  itWrites('section 1: plain text comes back in one pre element, named with .txt', async () => {
    const path = `/entities/${demoIds.filesExperiment}/children/My%20notes?force=true`;
    const made = await fixture.target.post(path, 'a < b', { headers: { 'content-type': 'text/plain' } });
    const back = await fixture.target.get(`/entities/${made.json.data.id}/export`);
    expect([back.headers.get('content-type'), back.text]).toEqual(['text/plain', '<pre>a &lt; b</pre>']);
    expect(back.headers.get('content-disposition')).toBe('attachment; filename=My+notes.txt');
    expect((await fixture.target.get(`/entities/${made.json.data.id}/export?format=txt`)).text).toBe('a < b');
  });

  const exportOf = async (eid: string, query = '') => {
    const answer = await fixture.target.get(`/entities/${eid}/export${query}`, {
      headers: { accept: 'text/csv, */*' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=\S/);
    return answer;
  };
  const titlesOf = (text: string) => text.split('\r\n')[0];

  itWrites.each(['', '?format=csv'])('(S17) tables are CSV with "%s"', async (query) => {
    const samples = await exportOf(demoIds.samplesContainer, query);
    expect(titlesOf(samples.text)).toMatch(/^ID,Created Date,Description,Comments,.*,Attached Docs,Template$/);
    expect(titlesOf((await exportOf(demoSpecials.materialsTable, query)).text)).toBe('ID,Structure,Amount');
    expect(titlesOf((await exportOf(demoIds.grid, query)).text)).toMatch(/^Colour,Temperature,/);
    expect((await exportOf(demoIds.grid, query)).headers.get('content-type')).toBe('text/csv');
  });

  itWrites('(S19) a table of samples is an SDF with filled fields only', async () => {
    const { text, headers } = await exportOf(demoIds.samplesContainer, '?format=sdf');
    expect(headers.get('content-type')).toBe('chemical/x-mdl-sdfile');
    const [first = ''] = text.split('$$$$\n');
    expect(first).toContain('V3000');
    expect(first).toContain('> <Created_Date>');
    expect(first).not.toContain('> <Comments>');
    expect(text.match(/\$\$\$\$/g)).toHaveLength(4);
  });

  itWrites('section 1: the layout of a parallel experiment is CSV, with titles alone when it is empty', async () => {
    expect((await exportOf(demoSpecials.subexpLayout, '?format=csv')).text).toBe('Plate,Well,Row,Column,Name\r\n');
    expect(titlesOf((await exportOf(demoSpecials.subexpSummary, '?format=csv')).text)).toBe('Name,R1 Mass,P1 Name');
  });

  itWrites('section 1: a text template is exported, and a text is replaced by HTML', async () => {
    const [aim] = await children(demoIds.experimentTemplate);
    expect((await exportOf(aim?.id ?? '')).headers.get('content-type')).toBe('text/html');
    expect((await fixture.target.get(`/entities/${aim?.id}/properties`)).status).toBe(200);
    const html = { headers: { 'content-type': 'text/html' } };
    expect((await fixture.target.put(`/entities/${aim?.id}/attachment?force=true`, '<p>New</p>', html)).status).toBe(
      200,
    );
    expect((await exportOf(aim?.id ?? '')).text).toBe('<p>New</p>');
  });

  itWrites('section 1: an export names files of any entity', async () => {
    const odd = await fixture.target.post(
      `/entities/${demoIds.filesExperiment}/children/${encodeURIComponent('größer (1).bin')}?force=true`,
      'x',
      { headers: { 'content-type': 'application/octet-stream' } },
    );
    const { headers } = await exportOf(odd.json.data.id);
    expect(headers.get('content-disposition')).toBe(
      "attachment; filename=gr%C3%B6%C3%9Fer+%281%29.bin; filename*=UTF-8''gr%C3%B6%C3%9Fer%20(1).bin",
    );
  });

  itWrites('section 1: an asset and a batch are deleted as entities', async () => {
    const { tenant } = fixture.simulator;
    for (const type of ['batch', 'asset']) {
      const [entity] = [...tenant.entities.ofType(type)].toReversed();
      expect((await fixture.target.remove(`/entities/${entity?.id}?force=true`)).status).toBe(204);
      expect(entity?.isTrashed).toBe(true);
    }
  });

  itWrites('(S31) a slash at the end of layout/pages is the same route', async () => {
    const path = `/entities/${demoIds.experiment}/layout/pages`;
    const [plain, slashed] = [await fixture.target.get(path), await fixture.target.get(`${path}/`)];
    expect([slashed.status, slashed.json]).toEqual([200, plain.json]);
    expect((await fixture.target.get(`/entities/${demoIds.experiment}/`)).status).toBe(404);
  });

  itWrites('section 1: lists serve every type', async () => {
    const types = [
      'sample',
      'task',
      'grid',
      'ado',
      'paraexp',
      'parasubexp',
      'taskContainer',
      'chemicalDrawing',
      'asset',
    ];
    for (const type of types) {
      const { status, json } = await fixture.target.get(`/entities?includeTypes=${type}&includeOptions=`);
      expect([type, status, json.data.length > 0]).toEqual([type, 200, true]);
    }
    expect((await fixture.target.get('/entities?includeTypes=bioSequence&includeOptions=')).status).toBe(200);
  });
});
