/** Reads, well and badly formed, each group named by what must not change on the way. */
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { differing, experiment, type Group, get, grid, head, jsonApi, notebook, send, text } from './requests.ts';

const encoded = experiment.replace(':', '%3A');
const uuid = experiment.split(':')[1];

const paths: readonly Group[] = [
  {
    promise: 'ids with a raw and an encoded colon',
    cases: [experiment, encoded, experiment.replace(':', '%3a'), `experimen%74:${uuid}`].flatMap((id) => [
      get(`/entities/${id}`),
      get(`/entities/${id}/children?page[limit]=2`),
      head(`/entities/${id}`),
    ]),
  },
  {
    promise: 'path segments that are encoded, blank, odd or foreign',
    cases: [
      ...['a%2Fb', 'a%252Fb', '%25', 'caf%C3%A9', 'x%20', '%20x', 'x+y', 'x;y=1', "(x)'!*~$,@&=", '%E2%9C%93'],
      ...['%zz', '%E0%A4%A', '100%', '%FF', '%00', '%0A', '%22', '|', '"', '<>', '^`{}', '\\'],
    ]
      .map((segment) => get(`/entities/${segment}`))
      .concat([
        get('/materials/Reagents%20(SNB)/assets/id/%200003'),
        get('/materials/Reagents%20%28SNB%29/assets/id/0003%20'),
        get('/materials/a%2Fb/assets'),
      ]),
  },
  {
    promise: 'empty segments and slashes at the end',
    cases: ['/users/', '/users//', '//users', '/entities//children', `/entities/${experiment}/`].map((path) =>
      get(path),
    ),
  },
  {
    promise: 'paths and methods that the tenant does not know',
    cases: [
      get('/nothing/here'),
      get('/nothing'),
      get('/entities/search/tags'),
      send('PUT', `/entities/${experiment}/properties`, {}),
      send('POST', '/version', {}),
      send('DELETE', '/entities', undefined),
      send('PATCH', '/nothing/here', { data: [] }),
      send('OPTIONS', '/entities', undefined, [], undefined),
      get('/a'.repeat(60)),
    ],
  },
];

const queries: readonly Group[] = [
  {
    promise: 'brackets in queries, raw and encoded',
    cases: ['page[limit]=3&page[offset]=2', 'page%5Blimit%5D=3&page%5Boffset%5D=2', 'page%5blimit]=3'].flatMap(
      (query) => [get(`/entities?${query}`), get(`/users?${query}`), get(`/entities/${notebook}/children?${query}`)],
    ),
  },
  {
    promise: 'empty, unknown and repeated parameters',
    cases: [
      ...['', 'a', 'a=', '=b', '=', '&&a=1&&', 'a==b', 'a=b=c', 'filter[type]=experiment', 'a=1&a=2&a=1', 'a&a='],
      ...[
        '__proto__=1',
        'constructor=1&toString=2',
        'a?b=c?d',
        'a=/x/y',
        'A=1&a=2',
        'x.y=1',
        'a%3Bb=1%3Bc',
        'a%7Bb%7D=%7C',
      ],
    ].map((query) => get(`/entities?${query}`)),
  },
  {
    promise: 'escapes, blanks, plus signs and other alphabets in queries',
    cases: [
      ...['q=a%2Bb', 'q=a+b', 'q=a%20b', 'q=%20', 'q=a%26b%3Dc', 'q=%25', 'q=%2525', 'q=%C3%BC%E5%90%88', 'q=%FF'],
      ...['%C3%BC=1', 'q=%F0%9F%A7%AA', 'q=%00', 'q=%0D%0A', 'q=%23', 'q=\'"<>', 'q=a:b', 'q=%3A', 'q=~*!()'],
    ].map((query) => get(`/entities?${query}`)),
  },
  {
    promise: 'options of listings, good and bad',
    cases: [
      'includeTypes=experiment&page[limit]=100',
      'includeTypes=experiment,journal&includeOptions=mine',
      'includeTypes=sample&excludeTypes=sample',
      'includeOptions=trashed',
      'includeOptions=trashed,untrashed',
      'includeOptions=template&includeTypes=experiment',
      'includeOptions=starred&include=owner',
      'start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z',
      'start=yesterday',
      'include=',
      'include=nonsense',
    ].map((query) => get(`/entities?${query}`)),
  },
  {
    promise: 'pages at and beyond the end',
    cases: [
      '/entities?page[offset]=100000',
      '/entities?page[offset]=5001&page[limit]=1',
      `/entities/${notebook}/children?page[offset]=5000`,
      '/users?page[offset]=999',
      '/entities?page[limit]=0',
      '/entities?page[limit]=101',
      '/entities?page[limit]=abc',
      '/entities?page[offset]=-1',
      '/users?page[limit]=1000',
    ].map((path) => get(path)),
  },
];

const documents: readonly Group[] = [
  {
    promise: 'documents with links at every depth',
    cases: [
      ...Object.values(demoIds)
        .filter((id) => id.includes(':'))
        .map((id) => get(`/entities/${id}`)),
      get(`/entities/${experiment}?include=children,owner,createdBy,template`),
      get(`/entities/${experiment}/ancestors`),
      get(`/entities/${experiment}/properties`),
      get(`/entities/${experiment}/history`),
      get(`/entities/${experiment}/comments`),
      get(`/adt/${grid}`),
      get(`/adt/${grid}?value=normalized`),
      get('/users/100'),
      get('/notifications?status=dismissed,notdismissed&page[limit]=3'),
      get('/profiles/me'),
    ],
  },
  {
    promise: 'text that looks like a link, and other alphabets',
    cases: [
      get(`/entities/${demoIds.awkwardExperiment}`),
      get(`/entities/${demoIds.awkwardExperiment}`, [['accept-encoding', 'gzip']]),
      get(`/entities/${notebook}/children?page[limit]=100`),
      get(`/entities/${demoIds.awkwardExperiment}/properties`),
    ],
  },
  {
    promise: 'searches',
    cases: [
      { query: { $match: { field: 'type', value: 'experiment', mode: 'keyword' } } },
      { query: { $match: { field: 'type', value: 'experiment' } }, options: { limit: 3, offset: 2 } },
      { query: { $match: { field: 'name', value: 'http' } } },
      {
        query: {
          $and: [{ $exists: { field: 'description' } }, { $not: [{ $prefix: { field: 'name', value: 'run' } }] }],
        },
      },
      { query: { $chemsearch: { molecule: 'CCO', mime: 'chemical/x-daylight-smiles' } } },
      { query: { $nonsense: {} } },
      {},
    ].flatMap((body) => [
      send('POST', '/entities/search?page[limit]=4', body),
      send('POST', '/entities/search?page[limit]=4&source=IVT&sort=-modifiedAt', body, [], 'application/json'),
      send('POST', '/entities/search/terms', { ...body, field: 'type' }),
      // An empty one is a 504, which is tried again and so leaves more traces in the tenant: see the end.
      send('POST', '/entities/search/tags', { options: {}, ...body }),
    ]),
  },
];

const mediaTypes: readonly Group[] = [
  {
    promise: 'what the caller accepts',
    cases: [
      '*/*',
      jsonApi,
      'application/json',
      'text/html',
      'application/*',
      'application/json, application/vnd.api+json;q=0.5',
      'nonsense',
      '',
      'application/vnd.api+json; ext="x"',
    ].flatMap((accept) => [
      get(`/entities/${experiment}`, [['accept', accept]]),
      get(`/entities/${text}/export`, [['accept', accept]]),
      get('/users?page[limit]=1', [['Accept', accept]]),
    ]),
  },
  {
    promise: 'media types of bodies',
    cases: ['application/json', 'text/plain', 'application/vnd.api+json; charset=utf-8', 'APPLICATION/VND.API+JSON', '']
      .map((type) => send('POST', '/entities', { data: { type: 'journal', attributes: {} } }, [], type))
      .concat([
        send('POST', '/entities/search', { query: {} }, [], 'text/plain'),
        send('POST', '/inventory/containers/search', { data: {} }, [], 'application/json'),
      ]),
  },
  {
    promise: 'content codings that the caller accepts',
    cases: ['gzip', 'identity', 'br, gzip', 'gzip;q=0', '*', 'deflate', 'zstd', 'GZIP', ''].flatMap((coding) => [
      get('/entities?page[limit]=50', [['accept-encoding', coding]]),
      get('/entities/experiment:nowhere', [['accept-encoding', coding]]),
      head('/entities?page[limit]=50', [['accept-encoding', coding]]),
    ]),
  },
  {
    promise: 'downloads: type, length, name and bytes',
    cases: [demoIds.image, demoIds.word, demoIds.excel, demoIds.pdf, demoIds.drawing, grid, text, demoIds.file9MiB]
      .flatMap((id) => [get(`/entities/${id}/export`), head(`/entities/${id}/export`)])
      .concat([
        get(`/entities/${grid}/export?format=csv`),
        get(`/entities/${text}/export?format=txt`),
        get(`/entities/${text}/export?format=nonsense`),
        get(`/entities/${experiment}/export`),
        head(`/entities/${demoIds.file60MiB}/export`),
        get(`/entities/${experiment}/pdf`),
        get('/users/100/picture'),
      ]),
  },
];

const framing: readonly Group[] = [
  {
    promise: 'reads with a Content-Type, with a body, with odd headers',
    cases: [
      get('/users/100', [['content-type', jsonApi]]),
      get('/users/100', [['content-type', 'text/plain']]),
      send('GET', '/users/100', 'a body', [], 'text/plain'),
      send('GET', '/users/100', { data: [] }),
      get('/users/100', [
        ['accept', '*/*'],
        ['accept', jsonApi],
      ]),
      get('/users/100', [['x-custom', 'é\tü']]),
      get('/users/100', [['origin', 'https://app.example.com']]),
      get('/users/100', [['range', 'bytes=0-10']]),
      get(`/entities/${demoIds.image}/export`, [['range', 'bytes=0-10']]),
      get('/users/100', [['if-none-match', '"x"']]),
      get('/users/100', [['cookie', 'a=b']]),
      get('/users/100', [
        ['connection', 'x-custom'],
        ['x-custom', '1'],
      ]),
      get('/users/100', [['x-large', 'a'.repeat(8_000)]]),
    ],
  },
];

/** Each with its reason in the list of differences. Last of all, since some of them change the tenant in one run only. */
export const meantGroups: readonly Group[] = [
  {
    promise: 'the differences that are meant, and no others',
    cases: [
      send('POST', '/entities/search/tags', {}),
      get('', [], 'gateway'),
      get('/', [], 'gateway'),
      differing('gateway', send('PROPFIND', '/users', undefined, [], undefined)),
      differing('gateway', send('TRACE', '/users', undefined, [], undefined)),
      get('/entities/../users', [], 'dotSegments'),
      get('/entities/%2e%2E/users', [], 'dotSegments'),
      get('/entities/./x', [], 'dotSegments'),
      get('/entities/%252e%252e', [], 'dotSegments'),
      get('/entities?a=1&b=2&a=3', [], 'queryOrder'),
      get('/entities?b=1&2=x&1=y', [], 'queryOrder'),
      get('/entities?a;b=1;c', [], 'querySyntax'),
      get('/entities?filter{a}=1', [], 'querySyntax'),
      get('/entities?q=100%', [], 'brokenEscape'),
      get('/entities?q=%zz', [], 'brokenEscape'),
      {
        make: () => ({
          method: 'PUT',
          target: `${signalsBasePath}/entities/${text}/attachment?force=true`,
          headers: [['content-type', 'text/html']],
          body: '<p>in chunks</p>',
          chunked: true,
        }),
        differs: 'measuredBody',
      },
    ],
  },
];

export const readGroups: readonly Group[] = [...paths, ...queries, ...documents, ...mediaTypes, ...framing];
