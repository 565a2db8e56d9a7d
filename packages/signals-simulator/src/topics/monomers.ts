/** Monomer libraries: list, export, import; monomers that are retired and brought back. */
import { badRequest, conflict, notFound } from '../errors.ts';
import { type Call, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { accepted, download, ok } from '../http/reply.ts';
import { at, type Json } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import { changed } from '../tenant/tenant.ts';
import {
  type ObjectKind,
  objectDocument,
  objectOfEntity,
  openObject,
  openObjectToWrite,
  readObject,
} from './plain-objects.ts';

const monomer: ObjectKind = { entityType: 'monomer', idParam: 'monomerId', dataType: 'monomer' };
const library: ObjectKind = { entityType: 'monomerLibrary', idParam: 'libraryEid', dataType: 'monomerLibrary' };

const monomersOf = (call: Call, libraryId: string): Json[] =>
  call.tenant.entities
    .childrenOf(libraryId)
    .map((entity) => ({ id: entity.id, symbol: entity.name, ...objectOfEntity(call, entity) }));

const exportLibrary = (call: Call) => {
  const entity = openObject(call, library);
  return download(
    textContent('application/json', JSON.stringify({ name: entity.name, monomers: monomersOf(call, entity.id) })),
    `${entity.name}.json`,
  );
};

interface ImportJob {
  readonly failures: readonly Json[];
  readonly error: string | undefined;
}

const parse = (body: Buffer): readonly Json[] | undefined => {
  try {
    const monomers = at(JSON.parse(body.toString('utf8')), 'monomers');
    return Array.isArray(monomers) ? (monomers as Json[]) : undefined;
  } catch {
    return undefined;
  }
};

const startImport = (call: Call) => {
  const entity = openObject(call, library);
  const given = parse(call.body);
  const failures: Json[] = [];
  for (const item of given ?? []) {
    const symbol = at(item, 'symbol');
    const isKnown = call.tenant.entities.childrenOf(entity.id).some(({ name }) => name === symbol);
    if (typeof symbol !== 'string' || isKnown) {
      failures.push({ symbol: String(symbol), error: isKnown ? 'exists' : 'no symbol' });
      continue;
    }
    const made = call.tenant.entities.create({
      id: `monomer:${call.tenant.random.hex(24)}`,
      type: 'monomer',
      name: symbol,
      createdBy: call.user.id,
      parentId: entity.id,
    });
    Object.assign(objectOfEntity(call, made), { status: 'ACTIVE', smiles: at(item, 'smiles') ?? '' });
  }
  const payload: ImportJob = { failures, error: given === undefined ? 'The file cannot be read.' : undefined };
  return accepted(jobDocument(call, call.tenant.jobs.start('monomerImport', payload, call.tenant.nextNumber()).id));
};

const jobOf = (call: Call, id: string) => {
  const job = call.tenant.jobs.get<ImportJob>('monomerImport', id);
  if (job === undefined) throw notFound('The job is not found.');
  return job;
};

const jobDocument = (call: Call, id: string): Json => {
  const job = jobOf(call, id);
  const isReady = call.tenant.jobs.isReady(job);
  const status = isReady ? (job.payload.error === undefined ? 'COMPLETED' : 'FAILED') : 'PENDING';
  return {
    links: selfLinks(call),
    data: {
      type: 'monomerImport',
      id,
      attributes: { jobId: id, status, ...(isReady ? { failed: job.payload.failures.length } : {}) },
    },
  };
};

const failures = (call: Call) => {
  const job = jobOf(call, param(call, 'jobId'));
  if (!call.tenant.jobs.isReady(job)) throw badRequest('The job is not done.');
  return download(textContent('application/json', JSON.stringify({ data: job.payload.failures })), 'failures.json');
};

const setStatus = (from: string, to: string) => (call: Call) => {
  const entity = openObjectToWrite(call, monomer);
  const object = objectOfEntity(call, entity);
  if (object.status !== from) throw conflict(`The monomer is ${String(object.status)}.`);
  object.status = to;
  changed(call.tenant, entity, call.user.id, to.toLowerCase());
  return ok(objectDocument(call, monomer, entity));
};

const example = JSON.stringify({ monomers: [{ symbol: 'Aib', smiles: 'CC(C)(N)C(=O)O' }] });

export const monomerRoutes: Routes = {
  'GET /monomers/libraries': (call) =>
    ok({
      links: selfLinks(call),
      data: [...call.tenant.entities.ofType('monomerLibrary')].map((entity) => ({
        type: 'monomerLibrary',
        id: entity.id,
        attributes: { id: entity.id, name: entity.name, digest: entity.digest },
      })),
    }),
  'GET /monomers/libraries/{libraryEid}/export': exportLibrary,
  'POST /monomers/libraries/{libraryEid}/bulkImport': startImport,
  'GET /monomers/libraries/{libraryEid}/bulkImport/example': () =>
    download(textContent('application/json', example), 'example.json'),
  'GET /monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId}': (call) => ok(jobDocument(call, param(call, 'jobId'))),
  'GET /monomers/libraries/{libraryEid}/bulkImport/jobs/{jobId}/failures': failures,
  'GET /monomers/{monomerId}': readObject(monomer),
  'POST /monomers/{monomerId}/deprecate': setStatus('ACTIVE', 'DEPRECATED'),
  'POST /monomers/{monomerId}/restore': setStatus('DEPRECATED', 'ACTIVE'),
};
