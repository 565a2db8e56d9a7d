/** The reads that the questions use: invented documents in the shape of the native API, and a binary file. */
import { jsonApiMediaType } from '../../shared/config/names.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';

export type ReadCase = {
  readonly name: string;
  /** Path below the base path; no case has a query, so it is the whole target too. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** URLs in the body that the facade points to itself. */
  readonly links: number;
};

const idOf = (index: number): string => `experiment:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** An experiment: five links in about a kilobyte. */
const resource = (base: string, index: number): object => {
  const self = `${base}/entities/${idOf(index)}`;
  return {
    type: 'entity',
    id: idOf(index),
    links: { self },
    attributes: {
      id: idOf(index),
      eid: idOf(index),
      type: 'experiment',
      name: `Coupling of "A" with B, run ${index}`,
      description: 'Yield against temperature; the naïve baseline is in https://wiki.example.com/links/baseline',
      state: 'open',
      createdAt: '2026-01-05T09:00:00.000Z',
      editedAt: '2026-01-05T09:30:00.000Z',
      digest: String(41_200_000 + index),
      fields: { Name: { value: `Run ${index}` }, Project: { value: 'P-17' }, Yield: { value: 0.5 } },
      flags: { canEdit: true },
    },
    relationships: {
      owner: { links: { self: `${base}/users/101` }, data: { type: 'user', id: '101' } },
      ancestors: { links: { self: `${self}/ancestors` } },
      children: { links: { self: `${self}/children?page[offset]=0` } },
      pdf: { links: { self: `${self}/pdf` } },
    },
  };
};

const linksPerResource = 5;

/** What comes along under `included`; one link. */
const user = (base: string): object => ({
  type: 'user',
  id: '101',
  links: { self: `${base}/users/101` },
  attributes: {
    userId: '101',
    userName: 'ada@example.com',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Example',
    country: 'Nowhere',
    organization: 'Example Research',
    createdAt: '2025-01-05T09:00:00.000Z',
    isEnabled: true,
  },
  relationships: { systemGroups: { data: [] }, licenses: { data: [] } },
});

const document = (base: string, resources: number): { readonly body: Buffer; readonly links: number } => {
  const data = Array.from({ length: resources }, (_, index) => resource(base, index));
  const links = { self: `${base}/entities?page[offset]=0`, first: `${base}/entities?page[offset]=0` };
  const included = [user(base)];
  return { body: Buffer.from(JSON.stringify({ links, data, included })), links: 3 + linksPerResource * resources };
};

const jsonApi = [['content-type', jsonApiMediaType]] as const;

const documentCase = (base: string, name: string, path: string, resources: number): ReadCase => ({
  name,
  path,
  status: 200,
  headers: jsonApi,
  ...document(base, resources),
});

/** Bytes without a pattern that a compressor or a scanner could profit from. */
const binary = (sizeBytes: number): Buffer => {
  const body = Buffer.alloc(sizeBytes);
  for (let index = 0; index < sizeBytes; index += 1) body[index] = (index * 2_654_435_761) >>> 24;
  return body;
};

/** @param origin the upstream that the links in the documents name. */
export const readCases = (origin: string): readonly ReadCase[] => {
  const base = origin + signalsBasePath;
  const notFound = { errors: [{ status: '404', code: 'NotFound', title: 'Not found.', detail: 'No such entity.' }] };
  return [
    documentCase(base, 'document 2 KB', `/entities/${idOf(0)}`, 1),
    documentCase(base, 'listing 50 KB', `/entities`, 40),
    documentCase(base, 'document 1 MB', `/entities/${idOf(1)}/children`, 810),
    documentCase(base, 'document 4 MB', `/entities/${idOf(2)}/children`, 3_240),
    {
      name: 'binary 9 MB',
      path: `/entities/${idOf(3)}/export`,
      status: 200,
      headers: [['content-type', 'application/octet-stream']],
      body: binary(9_000_000),
      links: 0,
    },
    {
      name: 'error 404',
      path: `/entities/${idOf(4)}`,
      status: 404,
      headers: jsonApi,
      body: Buffer.from(JSON.stringify(notFound)),
      links: 0,
    },
  ];
};
