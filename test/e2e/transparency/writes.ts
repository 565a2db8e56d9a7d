/** Writes, in an order that both runs share: each answer depends on what came before. */
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { pngBytes } from '../../../packages/signals-simulator/src/topics/images.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import {
  type Case,
  digestOf,
  experiment,
  fromLast,
  type Group,
  get,
  grid,
  head,
  jsonApi,
  type Moment,
  notebook,
  send,
  text,
} from './requests.ts';

const child = (type: string, name: string, parent: string, more: object = {}) => ({
  data: {
    type,
    attributes: { name, ...more },
    relationships: { ancestors: { data: [{ type: parent.split(':')[0], id: parent }] } },
  },
});
const fresh = (path: string, eid: string) => (moment: Moment) => `${path}?digest=${digestOf(moment, eid)}`;
const properties = (value: string) => ({ data: [{ attributes: { name: 'Description', value } }] });
const readBack = (...rest: readonly string[]): Case => ({
  make: (moment) => ({
    method: 'GET',
    target: `${signalsBasePath}/entities/${fromLast(moment, 'data', 'id')}${rest.join('')}`,
    headers: [],
  }),
});
const linkText = 'See http://127.0.0.1:1/api/rest/v1.0/entities/x and "links":{"self":"http://127.0.0.1:1/"}';
const allBytes = Uint8Array.from({ length: 1024 }, (_, index) => index & 255);
const upload = (fileName: string, body: Uint8Array | string, type: string | undefined): Case =>
  send('POST', fresh(`/entities/${experiment}/children/${fileName}`, experiment), body, [], type);

const creating: readonly Group[] = [
  {
    promise: 'creations with a fresh, a stale and no digest',
    cases: [
      send('POST', '/entities', { data: { type: 'journal', attributes: { name: 'New notebook' } } }),
      send('POST', fresh('/entities', notebook), child('experiment', 'With digest', notebook)),
      readBack(),
      send('POST', fresh('/entities', notebook), child('experiment', 'With digest', notebook)),
      send('POST', '/entities?digest=1', child('experiment', 'Stale', notebook)),
      send('POST', '/entities', child('experiment', 'None', notebook)),
      send('POST', '/entities?force=true', child('experiment', 'Forced', notebook)),
      send('POST', '/entities?digest=1&force=true', child('experiment', 'Both', notebook)),
      send('POST', '/entities?force=true', child('experiment', linkText, notebook, { description: linkText })),
      send('POST', '/entities?force=true', child('experiment', ' Ünïcödé 合成 🧪 \u2028 \\ " ', notebook)),
      send('POST', '/entities?force=true', child('experiment', 'X', 'journal:nowhere')),
      send('POST', '/entities?force=true', child('experiment', 'X', demoIds.trashedExperiment)),
      send('POST', '/entities', { data: { type: 'experiment', attributes: {}, relationships: { parent: {} } } }),
      send('POST', '/entities', { data: { type: 'nonsense', attributes: {} } }),
    ],
  },
  {
    promise: 'bodies that are no documents',
    cases: ['{', '', 'null', '[]', '"text"', '{"data":', `${'['.repeat(5_000)}`, '\ufeff{}', '{"data":{},"data":null}']
      .map((body) => send('POST', '/entities', body))
      .concat([
        send('POST', '/entities', allBytes),
        send('PATCH', `/entities/${experiment}/properties?force=true`, ''),
      ]),
  },
  {
    promise: 'changes with a fresh, a stale and no digest',
    cases: [
      send('PATCH', fresh(`/entities/${experiment}/properties`, experiment), properties('changed')),
      send('PATCH', `/entities/${experiment}/properties?digest=1`, properties('stale')),
      send('PATCH', `/entities/${experiment}/properties`, properties('none')),
      send('PATCH', `/entities/${experiment}/properties?force=true`, properties(linkText)),
      get(`/entities/${experiment}`),
      send('PATCH', `/entities/${demoIds.closedExperiment}/properties?force=true`, properties('closed')),
      send('PATCH', `/entities/${experiment}/properties?force=true`, {
        data: [{ attributes: { name: 'Nobody', value: 1 } }],
      }),
      send('POST', fresh(`/adt/${grid}`, grid), { data: { type: 'adtRow', attributes: { cells: [] } } }),
      send('POST', `/adt/${grid}?digest=1`, { data: { type: 'adtRow', attributes: { cells: [] } } }),
      send('PATCH', `/adt/${grid}?force=true`, {
        data: [{ type: 'adtRow', attributes: { action: 'sing', cells: [] } }],
      }),
      get(`/adt/${grid}`),
    ],
  },
];

const files: readonly Group[] = [
  {
    promise: 'uploads of any type and name, and the same bytes back',
    cases: [
      ...(
        [
          ['plate.png', pngBytes(40, 30, 9), 'image/png'],
          ['%C3%A9t%C3%A9%20%231.bin', allBytes, 'application/octet-stream'],
          ['50%25%20(a)%2Bb.txt', 'plain text, ä', 'text/plain'],
          ['a%2Fb.bin', allBytes.subarray(0, 9), 'application/octet-stream'],
          ['links.json', JSON.stringify({ links: { self: linkText }, n: 1.0 }), 'application/json'],
          ['aim.html', `<p onclick="x()">${linkText}</p><script>1</script>`, 'text/html'],
          ['empty.bin', '', 'application/octet-stream'],
          ['trailing%20', 'x', 'application/octet-stream'],
        ] as const
      ).flatMap(([name, bytes, type]) => [upload(name, bytes, type), readBack('/export'), upload(name, bytes, type)]),
      upload('no-type', allBytes, undefined),
      send('POST', `/entities/${experiment}/children/stale.bin?digest=1`, allBytes, [], 'application/octet-stream'),
      send('PUT', `/entities/${text}/attachment?force=true`, '<p>new</p>', [], 'text/html'),
      get(`/entities/${text}/export`),
      send('PUT', `/entities/${text}/attachment?force=true`, Buffer.alloc(600_000, 'x'), [], 'text/html'),
    ],
  },
  {
    promise: 'a body after Expect: 100-continue',
    cases: [
      send('PATCH', `/entities/${experiment}/properties?force=true`, properties('expected'), [
        ['expect', '100-continue'],
      ]),
      send(
        'POST',
        `/entities/${experiment}/children/e.bin?force=true`,
        Buffer.alloc(3_000_000, 7),
        [['Expect', '100-continue']],
        'application/octet-stream',
      ),
    ],
  },
];

const jobs: readonly Group[] = [
  {
    promise: 'export jobs from start to download',
    cases: [
      send('PUT', `/entities/export/pdf?eid=${experiment}`, ''),
      {
        make: (moment) => ({
          method: 'HEAD',
          target: `${signalsBasePath}/entities/export/pdf/${fromLast(moment, 'data', 'attributes', 'fileId')}`,
          headers: [],
        }),
      },
      send('PUT', `/entities/export/pdf?eid=${grid}`, ''),
      send('POST', `/entities/export/bulk?eid=${experiment}`, ''),
      send('POST', `/entities/export/bulk?eid=${experiment}&depth=1`, ''),
      {
        make: (moment) => ({
          method: 'GET',
          target: `${signalsBasePath}/entities/export/bulk/${fromLast(moment, 'data', 'attributes', 'jobId')}`,
          headers: [],
        }),
      },
    ],
  },
  {
    promise: 'acts without a body, and removals with one',
    cases: [
      send('POST', `/entities/${demoIds.filesExperiment}/reviews/close`, '', [], undefined),
      send('POST', `/entities/${demoIds.filesExperiment}/reviews/close`, { data: { attributes: { reason: 'done' } } }),
      send('POST', `/entities/${demoIds.filesExperiment}/reviews/reopen`, { data: { attributes: { reason: 'not' } } }),
      send(
        'DELETE',
        fresh(`/entities/${demoIds.image}`, demoIds.image),
        'a body that nobody asked for',
        [],
        'text/plain',
      ),
      send('DELETE', `/entities/${demoIds.image}?force=true`),
      get(`/entities/${demoIds.image}`),
      send('PATCH', `/entities/${demoIds.image}/properties?force=true`, properties('trashed')),
      send('DELETE', `/entities/${demoIds.word}?digest=1`),
      send('DELETE', `/entities/${demoIds.word}`),
      send('DELETE', '/entities/experiment:nowhere?force=true'),
      get(`/entities/${demoIds.trashedExperiment}/children`),
    ],
  },
];

const setLimit = async ({ simulator }: Moment, requestsPerMinute: number | null): Promise<void> => {
  await fetch(`${simulator.url}/_control/limit`, { method: 'POST', body: JSON.stringify({ requestsPerMinute }) });
};
const afterLimit = (requestsPerMinute: number | null, plain: Case): Case => ({
  ...plain,
  make: async (moment) => {
    await setLimit(moment, requestsPerMinute);
    return plain.make(moment);
  },
});

const limits: readonly Group[] = [
  {
    promise: "refusals of the tenant's limit",
    cases: [
      afterLimit(0, get(`/entities/${experiment}`)),
      head(`/entities/${experiment}`),
      send('POST', '/entities', { data: {} }, [['accept', jsonApi]]),
      afterLimit(null, get(`/entities/${experiment}`)),
    ],
  },
];

export const writeGroups: readonly Group[] = [...creating, ...files, ...jobs, ...limits];
