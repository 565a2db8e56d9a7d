/** A tenant of fixed documents, for routes that call it in the caller's name. It may refuse, clash or fail instead. */
import type { AppError } from '../../shared/errors/app-error.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';

export const cannedLibrary = '5f1e00000000000000000001';

/** It is registered. */
export const cannedSample = { id: 'sample:00000000-0000-4000-a000-000000000007', digest: 'd1' };

const times = { createdAt: '2026-06-01T08:00:00.000Z', editedAt: '2026-06-01T08:00:00.000Z' };
const hit = {
  id: 'batch:5f1e1000000000000000001a',
  attributes: {
    name: '0001-0001',
    ...times,
    modifiedAt: times.editedAt,
    digest: '1',
    tags: { 'materials.Purity': '99 %' },
  },
};
const batch = {
  id: hit.id,
  attributes: { type: 'batch', name: '0001-0001', ...times, digest: '1', fields: { Purity: { value: '99 %' } } },
};
const library = {
  id: cannedLibrary,
  attributes: { name: 'Compounds', assets: { fields: [] }, batches: { fields: [] } },
};
const field = (id: string, title: string) => ({ id, definition: { title, type: 'text', isRequired: true } });
const types = [
  { id: 'a0000000-0000-4000-b000-000000000001', attributes: { name: 'Vial', fields: [field('f1', 'Cap Colour')] } },
  { id: 'b0000000-0000-4000-b000-000000000002', attributes: { name: 'Plate', fields: [field('f5', 'Material')] } },
];
const grid = { attributes: { isGrid: true, rows: 8, columns: 12 } };
const container = { id: 'd1', attributes: { name: 'Container-0001', barcode: 'V-2026-0001' } };
const location = { id: 'c9', attributes: { name: 'Plate 2026-1', barcode: 'P-2026-0001' } };

const row = { id: 'r1', attributes: { cells: [{ key: 'k1', content: { value: 'green' } }] } };
const columns = ['Colour', 'Mass'].map((title, index) => ({
  key: `k${index}`,
  title,
  type: index === 0 ? 'text' : 'unit',
}));
export const cannedTable = 'grid:g1';
export const cannedFile = 'pdf:f1';
const entityOf = (id: string) => ({ id, attributes: { type: id.split(':')[0], name: 'A name', digest: '1' } });
const properties = [{ attributes: { name: 'Description', value: 'Third run' } }];
const withTable = { included: [entityOf(cannedTable)] };
const digests = (external: object) => ({
  data: [
    { id: 'digests.self', attributes: { content: { value: cannedSample.digest } } },
    { id: 'digests.external', attributes: { content: external } },
  ],
});
const ofSample = `/${encodeURIComponent(cannedSample.id)}`;

/** The first that fits `<method> <path>`. */
const answers: readonly (readonly [RegExp, number, unknown])[] = [
  [new RegExp(`^GET /entities${ofSample}$`), 200, { data: { attributes: { digest: '1' } } }],
  [new RegExp(`^GET /samples${ofSample}/properties$`), 200, digests({ value: cannedSample.digest })],
  [/^GET \/materials\/libraries/, 200, { data: [library] }],
  [/^POST \/entities\/search/, 200, { data: [hit], meta: { total: 1 } }],
  [/^GET \/materials\/Compounds\/batches\/id\/0001-0001/, 200, { data: batch }],
  [/^GET \/materials\/Compounds\/assets\/0001\/batches/, 200, { data: [batch], links: {} }],
  [/^GET \/inventory\/types/, 200, { data: types, links: {} }],
  [/^GET \/inventory\/locations\//, 200, { data: grid }],
  [/^POST \/inventory\/containers/, 201, { data: [container] }],
  [/^POST \/inventory\/locations/, 201, { data: location }],
  [/^GET \/adt\/[^/]+\/_column/, 200, { data: { attributes: { columns } } }],
  [/^(GET|PATCH) \/adt\/grid%3Ag1/, 200, { data: [row, row], ...withTable }],
  [/^DELETE \/adt\/grid%3Ag1/, 204, undefined],
  [/^GET \/entities\/pdf%3Af1\/ancestors/, 200, { data: [entityOf(cannedTable)] }],
  [/^GET \/entities\/pdf%3Af1\/export/, 200, { any: 'bytes' }],
  [/^PUT \/entities\/pdf%3Af1\/attachment/, 200, { data: entityOf(cannedFile) }],
  [/^GET \/entities\/grid%3Ag1\/children/, 200, { data: [entityOf(cannedFile)] }],
  [/^POST \/entities\/grid%3Ag1\/children/, 201, { data: entityOf(cannedFile) }],
  [/^(GET|PATCH) \/entities\/grid%3Ag1\/properties/, 200, { data: properties, ...withTable }],
  [/^GET \/entities\/pdf%3Af1$/, 200, { data: entityOf(cannedFile) }],
  [/^GET \/entities\/grid%3Ag1/, 200, { data: entityOf(cannedTable) }],
  [/^GET \/entities\/templates\/grid%3Ag1\/fields/, 200, { data: [entityOf('1')] }],
  [/^GET \/entities\?/, 200, { data: [entityOf(cannedTable)] }],
  [/^(GET|POST|PUT|PATCH) \/scim\/v2\/Users/, 200, { userName: 'anna@example.com' }],
  [/^DELETE \/scim\/v2\/Users/, 204, undefined],
];

/** Samples are not registered, and others change them all the time. */
const whileSamplesChange: typeof answers = [
  [new RegExp(`^GET /samples${ofSample}/properties$`), 200, digests({})],
  [/^PATCH \/samples\//, 428, {}],
];

export const createCannedTenant = () => {
  let refusal: number | undefined;
  let failure: AppError | undefined;
  let clashes = false;
  let contended = false;
  let known = answers;
  const call = async ({ method, path }: { readonly method: string; readonly path: string }) => {
    if (failure) throw failure;
    const isCreation = method === 'POST' && path.startsWith('/inventory/');
    const [, status, document] = known.find(([form]) => form.test(`${method} ${path}`)) ?? [undefined, 404, {}];
    // No entity has the version 99.
    const isOutdated = method !== 'GET' && /[?&]digest=99\b/.test(path);
    const refused =
      refusal ?? (isOutdated || (contended && method !== 'GET') ? 428 : clashes && isCreation ? 456 : undefined);
    const sent = refused === undefined ? document : { errors: [{ title: 'No.' }] };
    const body = sent === undefined ? undefined : Buffer.from(JSON.stringify(sent));
    return { status: refused ?? status, headers: [], body, actedAs: 'service' as const };
  };
  return {
    pipeline: { as: () => ({ call }), upstream: createSignalsUpstream('https://tenant.example.com') },
    /** Answers every call with this status. */
    refuseWith: (status: number) => {
      refusal = status;
    },
    /** Fails every call. */
    failWith: (error: AppError) => {
      failure = error;
    },
    /** Others write before every write. */
    contend: () => {
      contended = true;
    },
    changeSamples: () => {
      known = [...whileSamplesChange, ...answers];
    },
    /** Every barcode is taken. */
    takeBarcodes: () => {
      clashes = true;
    },
  };
};
