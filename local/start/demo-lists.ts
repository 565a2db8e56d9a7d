/** A list and a data source that the twin starts with, made as an administrator makes them. Their secrets are public like the demo keys. */
const adminKey = 'demo-admin';
const demoList = {
  name: 'demo-projects',
  header: 'X-List-Secret',
  secret: 'demo-secret-of-the-list-of-projects',
} as const;
const demoSource = {
  name: 'demo-consumers',
  header: 'X-Source-Secret',
  secret: 'demo-secret-of-the-source-consumers',
} as const;

const text = (name: string) => ({ name, type: 'text' });

const listOf = {
  ...{ header: demoList.header, secret: demoList.secret, key: 'code', origin: { kind: 'table' } },
  fields: [text('code'), text('project')],
};
const items = [
  { code: 'P-1', project: 'Solubility' },
  { code: 'P-2', project: 'Stability' },
];
/** Its system of record is the facade itself: its consumers. */
const sourceOf = (facadeUrl: string) => ({
  ...{ header: demoSource.header, secret: demoSource.secret, key: 'data.id' },
  fields: [text('data.id'), text('data.attributes.state')],
  urls: { read: `${facadeUrl}/v1/consumers/{id}` },
  upstreamHeader: { name: 'x-api-key', value: adminKey },
});

const send = async (method: string, url: string, data: unknown): Promise<number> => {
  const headers = { 'x-api-key': adminKey, 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, body: JSON.stringify({ data }) });
  const reason = await answer.text();
  // In a kept state folder, they are there.
  if (answer.ok || answer.status === 409) return answer.status;
  throw new Error(`${method} ${url}: ${answer.status} ${reason}`);
};

/** Leaves those alone that are there already. */
export const seedDemoLists = async (facadeUrl: string): Promise<void> => {
  const { name } = demoList;
  const made = await send('POST', `${facadeUrl}/v1/lists`, { type: 'list', id: name, attributes: listOf });
  if (made !== 409) await send('PUT', `${facadeUrl}/v1/lists/${name}/items`, items);
  await send('POST', `${facadeUrl}/v1/sources`, {
    type: 'source',
    id: demoSource.name,
    attributes: sourceOf(facadeUrl),
  });
};
