import { expect, it } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { facts, itWrites, type Target } from './target.ts';

const ids = (answer: { json: { data: { id: string }[] } }) => answer.json.data.map(({ id }) => id);
const typesIn = async (target: Target, query: string) =>
  new Set(
    (await target.get(`/entities?${query}`)).json.data.map(
      (item: { attributes: { type: string } }) => item.attributes.type,
    ),
  );

const walk = async (target: Target, path: string): Promise<string[]> => {
  const found: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = await target.get(next);
    found.push(...ids(answer));
    next = answer.json.links.next?.slice(target.url.length);
  }
  return found;
};

facts('8. listing and paging', (fixture) => {
  it('pages by 20 from 0 unless told otherwise', async () => {
    const { json } = await fixture.target.get('/entities');
    expect(json.data.length).toBeLessThanOrEqual(20);
    expect(decodeURIComponent(json.links.first)).toContain('page[offset]=0');
  });

  it.each(['page[limit]=0', 'page[limit]=101', 'page[limit]=x', 'page[offset]=-1', 'page[limit]='])(
    'refuses %s with 400',
    async (query) => {
      expect((await fixture.target.get(`/entities?${query}`)).status).toBe(400);
    },
  );

  it('answers an offset past the end with 200 and nothing', async () => {
    const answer = await fixture.target.get('/entities?page[offset]=4999&includeTypes=idea');
    expect([answer.status, answer.json.data]).toEqual([200, []]);
  });

  it('takes a limit of up to 1000 on /users', async () => {
    expect((await fixture.target.get('/users?page[limit]=1000')).status).toBe(200);
    expect((await fixture.target.get('/users?page[limit]=1001')).status).toBe(400);
  });

  itWrites('lists journals, experiments and requests unless includeTypes says otherwise', async () => {
    expect(await typesIn(fixture.target, 'page[limit]=100')).toEqual(new Set(['journal', 'experiment', 'request']));
    expect(await typesIn(fixture.target, 'includeTypes=sample,grid')).toEqual(new Set(['sample', 'grid']));
    expect(await typesIn(fixture.target, 'excludeTypes=experiment,request')).toEqual(new Set(['journal']));
  });

  itWrites('ignores an unknown filter silently', async () => {
    const [plain, filtered] = [
      await fixture.target.get('/entities'),
      await fixture.target.get('/entities?filter[type]=journal'),
    ];
    expect(ids(filtered)).toEqual(ids(plain));
  });

  itWrites('lists everything exactly once through links.next', async () => {
    const found = await walk(fixture.target, '/entities?includeTypes=experiment&page[limit]=7');
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(60);
  });

  itWrites('lists the untrashed unless told otherwise', async () => {
    expect(await walk(fixture.target, '/entities?includeTypes=experiment&page[limit]=100')).not.toContain(
      demoIds.trashedExperiment,
    );
    expect(await walk(fixture.target, '/entities?includeTypes=experiment&includeOptions=trashed')).toEqual([
      demoIds.trashedWithChildren,
      demoIds.trashedExperiment,
    ]);
    const under = await fixture.target.get('/entities?includeTypes=text,grid&includeOptions=trashedAncestor');
    expect(
      under.json.data.map(({ attributes }: { attributes: { type: string } }) => attributes.type).toSorted(),
    ).toEqual(['grid', 'text']);
  });

  it('refuses untrashed mixed with trashed with 400', async () => {
    expect((await fixture.target.get('/entities?includeOptions=untrashed,trashed')).status).toBe(400);
  });

  itWrites('finds nothing with includeOptions=shared', async () => {
    expect(ids(await fixture.target.get('/entities?includeOptions=shared'))).toEqual([]);
  });

  itWrites('lists templates with includeOptions=template, and their fields apart', async () => {
    expect(ids(await fixture.target.get('/entities?includeTypes=experiment&includeOptions=template'))).toContain(
      demoIds.experimentTemplate,
    );
    const fields = await fixture.target.get(`/entities/templates/${demoIds.experimentTemplate}/fields`);
    expect(fields.json.data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toContain(
      'Project',
    );
  });

  itWrites('bounds the time of change with start and end in seconds', async () => {
    const at = (await fixture.target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.editedAt;
    const found = await walk(fixture.target, `/entities?includeTypes=experiment&start=${at}&end=${at}`);
    expect(found).toEqual([demoIds.experiment]);
  });

  itWrites('lists children of an experiment in layout order', async () => {
    const answer = await fixture.target.get(`/entities/${demoIds.experiment}/children?order=layout`);
    expect(ids(answer).slice(0, 3)).toEqual([demoIds.text, demoIds.grid, demoIds.image]);
  });

  itWrites('refuses the layout order on a notebook, and children of a text, with 400', async () => {
    expect((await fixture.target.get(`/entities/${demoIds.notebook}/children?order=layout`)).status).toBe(400);
    expect((await fixture.target.get(`/entities/${demoIds.text}/children`)).status).toBe(400);
  });

  itWrites('lists ancestors up to the notebook', async () => {
    expect(ids(await fixture.target.get(`/entities/${demoIds.sample}/ancestors`))).toEqual([
      demoIds.samplesContainer,
      demoIds.experiment,
      demoIds.notebook,
    ]);
  });
});
