/**
 * A day in a laboratory, as a script of a user: reads and writes Signals, and prints one line for each fact that it found.
 * SIGNALS_URL and SIGNALS_API_KEY say where, RUN names what it makes.
 */
const { SIGNALS_URL = '', SIGNALS_API_KEY = '', RUN = '' } = process.env;
const base = `${SIGNALS_URL}/api/rest/v1.0`;

interface Resource {
  readonly id: string;
  readonly attributes: { readonly [name: string]: unknown };
}
interface Document<Data> {
  readonly data: Data;
  readonly links: { readonly next?: string };
}

const call = (method: string, path: string, body?: unknown) =>
  fetch(path.startsWith('http') ? path : base + path, {
    method,
    headers: {
      'x-api-key': SIGNALS_API_KEY,
      accept: 'application/vnd.api+json',
      ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const read = async <Data = Resource>(path: string): Promise<Document<Data>> => {
  const answer = await call('GET', path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Document<Data>;
};

const all = async (path: string): Promise<Resource[]> => {
  const resources: Resource[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const page: Document<Resource[]> = await read<Resource[]>(next);
    resources.push(...page.data);
    next = page.links.next;
  }
  return resources;
};

const print = (...facts: unknown[]) => console.log(facts.map(String).join(' '));

const { data: me } = await read('/profiles/me');
print('me', me.attributes.firstName);

const notebooks = await all('/entities?includeTypes=journal&page[limit]=3');
const notebook = notebooks.find(({ attributes }) => attributes.name === 'Medicinal Chemistry 2026');
print('notebooks', notebooks.length, notebook !== undefined);

const made = await call('POST', '/entities?force=true', {
  data: {
    type: 'experiment',
    attributes: { name: `Fetch ${RUN}` },
    relationships: { ancestors: { data: [{ type: 'journal', id: notebook?.id }] } },
  },
});
const { data: experiment } = (await made.json()) as Document<Resource>;
print('created', made.status, experiment.attributes.state);

const uploaded = await fetch(`${base}/entities/${experiment.id}/children/notes.html?force=true`, {
  method: 'POST',
  headers: { 'x-api-key': SIGNALS_API_KEY, 'content-type': 'text/html' },
  body: '<p>Stir for 2 h</p>',
});
const { data: text } = (await uploaded.json()) as Document<Resource>;
print('uploaded', uploaded.status, text.attributes.type);
print('exported', (await (await call('GET', `/entities/${text.id}/export`)).text()).includes('Stir for 2 h'));

const search = await call('POST', '/entities/search', {
  query: { $and: [{ $match: { field: 'type', value: 'experiment', mode: 'keyword' } }] },
});
print('search', search.status, ((await search.json()) as Document<Resource[]>).data.length > 0);

const digest = String((await read(`/entities/${experiment.id}`)).data.attributes.digest);
const rename = { data: [{ attributes: { name: 'Name', value: `Fetch ${RUN} (2)` } }] };
const renamed = await call('PATCH', `/entities/${experiment.id}/properties?digest=${digest}`, rename);
const again = await call('PATCH', `/entities/${experiment.id}/properties?digest=${digest}`, rename);
print('renamed', renamed.status, again.status);
const named = (await read(`/entities/${experiment.id}`)).data.attributes.name;
print('name', named === `Fetch ${RUN} (2)`);

const parallel = await Promise.all(notebooks.map(({ id }) => read(`/entities/${id}`)));
print(
  'parallel',
  parallel.every(({ data }, place) => data.id === notebooks[place]?.id),
);

const refused = await call('POST', '/entities', { data: { type: 'sonata' } });
print('refused', refused.status, ((await refused.json()) as { errors: { code: string }[] }).errors[0]?.code);
print('removed', (await call('DELETE', `/entities/${experiment.id}?force=true`)).status);
