import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { createChild, createTarget, digestOf, facts, itWrites, newEntity } from './target.ts';

facts('10. creating and changing entities', (fixture) => {
  const parent = demoIds.notebook;
  const tryCreate = (type: string, attributes: object, links: object = {}) =>
    fixture.target.post('/entities?force=true', newEntity(type, attributes as never, links));

  itWrites('creates a notebook, and an experiment in it, with 201', async () => {
    const notebook = await tryCreate('journal', { name: 'New notebook' });
    expect(notebook.status).toBe(201);
    const experiment = await createChild(fixture.target, 'experiment', notebook.json.data.id, { name: 'Run 8' });
    expect(experiment.attributes.fields.Name.value).toBe('Run 8');
  });

  itWrites('requires data.type and data.attributes', async () => {
    expect((await fixture.target.post('/entities', { data: { attributes: {} } })).status).toBe(400);
    expect((await fixture.target.post('/entities', { data: { type: 'journal' } })).status).toBe(400);
  });

  itWrites('refuses relationships.parent with 400', async () => {
    const body = {
      data: { type: 'experiment', attributes: { name: 'x' }, relationships: { parent: { data: { id: parent } } } },
    };
    expect((await fixture.target.post('/entities?force=true', body)).status).toBe(400);
  });

  itWrites('takes ancestors as a list only', async () => {
    const body = {
      data: { type: 'experiment', attributes: { name: 'x' }, relationships: { ancestors: { data: { id: parent } } } },
    };
    expect((await fixture.target.post('/entities?force=true', body)).status).toBe(400);
  });

  itWrites.each(['grid', 'sample', 'worksheet', 'task'])('requires a template for a %s', async (type) => {
    expect((await tryCreate(type, {}, { parent: demoIds.experiment })).status).toBe(400);
  });

  itWrites('copies fields and children of the template', async () => {
    const made = await createChild(
      fixture.target,
      'experiment',
      parent,
      { name: 'From template' },
      demoIds.experimentTemplate,
    );
    expect(made.relationships.template.data.id).toBe(demoIds.experimentTemplate);
    const children = await fixture.target.get(`/entities/${made.id}/children`);
    expect(children.json.data[0].attributes.name).toBe('Aim');
  });

  itWrites('takes only a name for a grid', async () => {
    const links = { parent: demoIds.experiment, template: demoIds.gridTemplate };
    expect((await tryCreate('grid', { name: 'G', description: 'x' }, links)).status).toBe(400);
    expect((await tryCreate('grid', { name: 'G' }, links)).status).toBe(201);
  });

  itWrites('puts a sample into the container of the experiment it names', async () => {
    const made = await createChild(
      fixture.target,
      'sample',
      demoIds.experiment,
      { fields: [{ id: '31', content: { value: '3 g' } }] },
      demoIds.sampleTemplate,
    );
    expect(made.relationships.ancestors.data[0].id).toBe(demoIds.samplesContainer);
  });

  itWrites('refuses sample fields as a map, and a wrong unit, with 400', async () => {
    const links = { parent: demoIds.experiment, template: demoIds.sampleTemplate };
    expect((await tryCreate('sample', { fields: { Amount: '3 g' } }, links)).status).toBe(400);
    expect((await tryCreate('sample', { fields: [{ id: '31', content: { value: '3 lb' } }] }, links)).status).toBe(400);
  });

  itWrites('refuses a name twice for one type and parent with 409, not across parents', async () => {
    await createChild(fixture.target, 'experiment', parent, { name: 'Twin' });
    expect((await tryCreate('experiment', { name: 'Twin' }, { parent })).status).toBe(409);
    expect((await tryCreate('experiment', { name: 'Twin' }, { parent: demoIds.archiveNotebook })).status).toBe(201);
  });

  itWrites('lists properties with their definitions', async () => {
    const { data } = (await fixture.target.get(`/entities/${demoIds.experiment}/properties`)).json;
    const project = data.find((item: { attributes: { name: string } }) => item.attributes.name === 'Project');
    expect(project.type).toBe('property');
    expect(Object.keys(project.meta.definition)).toEqual(['type', 'attribute', 'flags']);
  });

  itWrites('changes a property with PATCH and answers the list', async () => {
    const made = await createChild(fixture.target, 'experiment', parent, { name: 'To describe' });
    const answer = await fixture.target.patch(`/entities/${made.id}/properties?digest=${made.attributes.digest}`, {
      data: [{ attributes: { name: 'Description', value: 'x' } }, { attributes: { name: 'Name', value: 'Renamed' } }],
    });
    expect(answer.status).toBe(200);
    const after = (await fixture.target.get(`/entities/${made.id}`)).json.data.attributes;
    expect([after.name, after.description]).toEqual(['Renamed', 'x']);
  });

  itWrites('changes all the properties it is given or none', async () => {
    const made = await createChild(fixture.target, 'experiment', parent, { name: 'Whole' });
    const data = [
      { attributes: { name: 'Name', value: 'Half' } },
      { attributes: { name: 'Description', value: 'half' } },
      { attributes: { name: 'No such', value: 'x' } },
    ];
    expect((await fixture.target.patch(`/entities/${made.id}/properties?force=true`, { data })).status).toBe(400);
    const { attributes } = (await fixture.target.get(`/entities/${made.id}`)).json.data;
    expect([attributes.name, attributes.description, attributes.digest]).toEqual(['Whole', '', made.attributes.digest]);
  });

  itWrites('cannot add a property', async () => {
    const body = { data: [{ attributes: { name: 'Brand new', value: 'x' } }] };
    expect((await fixture.target.patch(`/entities/${demoIds.experiment}/properties?force=true`, body)).status).toBe(
      400,
    );
  });

  itWrites('clears a property with an empty value or an empty list', async () => {
    const set = (name: string, content: object) =>
      fixture.target.patch(`/entities/${demoIds.experiment}/properties?force=true`, {
        data: [{ attributes: { name, ...content } }],
      });
    expect((await set('Project', { value: '' })).status).toBe(200);
    expect((await set('Techniques', { values: [] })).status).toBe(200);
  });

  itWrites.each([
    ['text/html', 'a.html', 'text'],
    ['chemical/x-cdxml', 'a.cdxml', 'chemicalDrawing'],
    ['image/png', 'a.png', 'imageResource'],
    ['application/octet-stream', 'b.png', 'imageResource'],
    ['application/octet-stream', 'c.xlsx', 'excel'],
    ['application/octet-stream', 'd.xyz', 'uploadedResource'],
  ])('makes of %s named %s a %s', async (mediaType, name, type) => {
    const answer = await fixture.target.post(
      `/entities/${demoIds.filesExperiment}/children/${name}?force=true`,
      'content',
      {
        headers: { 'content-type': mediaType },
      },
    );
    expect([answer.status, answer.json.data.attributes.type, answer.json.data.attributes.name]).toEqual([
      201,
      type,
      name,
    ]);
  });

  itWrites('uploads 4 MiB with the digest of the parent and gives the same bytes back', async () => {
    const bytes = Buffer.alloc(4 * 1_048_576, 'signals');
    const digest = await digestOf(fixture.target, demoIds.experiment);
    const made = await fixture.target.post(
      `/entities/${demoIds.experiment}/children/four%20MiB.bin?digest=${digest}`,
      bytes,
      {
        headers: { 'content-type': 'application/octet-stream' },
      },
    );
    const back = await fixture.target.get(`/entities/${made.json.data.id}/export`);
    expect(back.bytes.equals(bytes)).toBe(true);
    expect(back.headers.get('content-disposition')).toContain('four+MiB.bin');
  });

  itWrites('places an upload on the page', async () => {
    await fixture.target.post(`/entities/${demoIds.experiment}/children/first.txt?force=true&pageOffset=0`, 'x', {
      headers: { 'content-type': 'text/html' },
    });
    const children = await fixture.target.get(`/entities/${demoIds.experiment}/children?order=layout`);
    expect(children.json.data[0].attributes.name).toBe('first.txt');
  });

  itWrites('replaces content with PUT attachment, text up to 500 KB and sanitised', async () => {
    const put = (html: string) =>
      fixture.target.put(`/entities/${demoIds.text}/attachment?force=true`, html, {
        headers: { 'content-type': 'text/html' },
      });
    expect((await put('<p onclick="x()">Safe</p><script>alert(1)</script>')).status).toBe(200);
    expect((await fixture.target.get(`/entities/${demoIds.text}/export`)).text).toBe('<p>Safe</p>');
    expect((await put('x'.repeat(600_000))).status).toBe(413);
  });

  itWrites('exports native bytes, and the type with HEAD', async () => {
    const path = `/entities/${demoIds.image}/export`;
    const [get, head] = [await fixture.target.get(path), await fixture.target.send('HEAD', path)];
    expect(get.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(head.headers.get('content-type')).toBe('image/png');
    expect(head.headers.get('content-length')).toBe(String(get.bytes.byteLength));
  });

  itWrites.each(['', '?format=csv'])('exports tables as CSV with "%s"', async (query) => {
    const csv = await fixture.target.get(`/entities/${demoIds.grid}/export${query}`);
    expect(csv.headers.get('content-type')).toBe('text/csv');
    expect(csv.text.split('\r\n')[0]).toContain('Colour,Temperature');
    expect((await fixture.target.get(`/entities/${demoIds.grid}/export?format=json`)).status).toBe(400);
  });

  itWrites('exports no experiment and no notebook', async () => {
    expect((await fixture.target.get(`/entities/${demoIds.experiment}/export`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.notebook}/export`)).status).toBe(400);
  });

  itWrites('gives the large demo file the same bytes each time', async () => {
    const hash = async () => {
      const { bytes } = await fixture.target.get(`/entities/${demoIds.file9MiB}/export`);
      return [bytes.byteLength, createHash('sha256').update(bytes).digest('hex')];
    };
    const first = await hash();
    expect(first[0]).toBe(9 * 1_048_576);
    expect(await hash()).toEqual(first);
  });

  itWrites('trashes softly: 204, still readable and marked, a second time 403', async () => {
    const made = await createChild(fixture.target, 'experiment', parent, { name: 'Short life' });
    const gone = await fixture.target.remove(`/entities/${made.id}?digest=${made.attributes.digest}`);
    expect([gone.status, gone.bytes.byteLength]).toEqual([204, 0]);
    expect((await fixture.target.get(`/entities/${made.id}`)).json.data.attributes.flags.isTrashed).toBe(true);
    expect((await fixture.target.remove(`/entities/${made.id}?force=true`)).status).toBe(403);
  });

  itWrites('moves an experiment into another notebook', async () => {
    const made = await createChild(fixture.target, 'experiment', parent, { name: 'Traveller' });
    const body = { data: { type: 'moveEntityRequest', attributes: { target: { eid: demoIds.archiveNotebook } } } };
    expect((await fixture.target.patch(`/entities/${made.id}/move`, body)).status).toBe(200);
    const { ancestors } = (await fixture.target.get(`/entities/${made.id}`)).json.data.relationships;
    expect(ancestors.data[0].id).toBe(demoIds.archiveNotebook);
  });

  itWrites('shares with a user and takes it back', async () => {
    const path = `/entities/${demoIds.experiment}/shares`;
    const made = await fixture.target.post(path, {
      data: { type: 'share', attributes: { user: { userId: '104' }, canRead: true, canWrite: true } },
    });
    expect([made.status, made.json.data.attributes.canWrite]).toEqual([201, true]);
    expect((await fixture.target.remove(`${path}/${made.json.data.id}`)).status).toBe(204);
  });

  itWrites('links two entities', async () => {
    const path = `/entities/${demoIds.experiment}/relationships`;
    const data = {
      type: 'entityLink',
      attributes: { type: 'precedes' },
      relationships: { link: { data: { type: 'entity', id: demoIds.closedExperiment } } },
    };
    expect((await fixture.target.post(path, { data })).status).toBe(201);
    expect((await fixture.target.get(path)).json.data[0].relationships.link.data.id).toBe(demoIds.closedExperiment);
  });

  itWrites('reads comments with total and count', async () => {
    const { json } = await fixture.target.get(`/entities/${demoIds.experiment}/comments`);
    expect(json.meta).toEqual({ total: 2, count: 2 });
  });

  itWrites('keeps a history of what was done', async () => {
    const made = await createChild(fixture.target, 'experiment', parent, { name: 'With a past' });
    await fixture.target.remove(`/entities/${made.id}?force=true`);
    const { data } = (await fixture.target.get(`/entities/${made.id}/history`)).json;
    expect(data.map((item: { attributes: { action: string } }) => item.attributes.action)).toEqual([
      'delete',
      'create',
    ]);
  });
});

facts(
  '10. rights and names',
  (fixture) => {
    const as = (key: string) => createTarget(fixture.simulator.url, key);

    itWrites(
      'runs with the rights of the user: a private notebook is readable to its owner and those it is shared with',
      async () => {
        const path = `/entities/${demoIds.privateExperiment}`;
        const statuses = [];
        for (const key of ['owner', 'guest', 'other', 'admin']) statuses.push((await as(key).get(path)).status);
        expect(statuses).toEqual([200, 200, 403, 200]);
      },
    );

    itWrites('lists and finds only what the user may read', async () => {
      const query = { $match: { field: 'eid', value: demoIds.privateExperiment, mode: 'keyword' } };
      const find = async (key: string) => (await as(key).post('/entities/search', { query })).json.meta.total;
      expect([await find('owner'), await find('other')]).toEqual([1, 0]);
      const list = await as('other').get('/entities?includeTypes=journal&page[limit]=100');
      expect(list.text).not.toContain(demoIds.privateNotebook);
    });

    itWrites('refuses a name when the template numbers its instances', async () => {
      const make = (attributes: object) =>
        fixture.target.post(
          '/entities?force=true',
          newEntity('experiment', attributes as never, {
            parent: demoIds.notebook,
            template: demoIds.numberedTemplate,
          }),
          { key: 'admin' },
        );
      expect([(await make({ name: 'Mine' })).status, (await make({})).status]).toEqual([400, 201]);
    });

    itWrites('takes links as JSON strings only', async () => {
      const set = (value: unknown) =>
        fixture.target.patch(
          `/entities/${demoIds.experiment}/properties?force=true`,
          { data: [{ attributes: { name: 'Reference', value } }] },
          { key: 'admin' },
        );
      expect((await set(demoIds.grid)).status).toBe(400);
      expect((await set(JSON.stringify({ value: demoIds.grid }))).status).toBe(200);
    });
  },
  { keys: { owner: '105', guest: '106', other: '103', admin: '100' } },
);
