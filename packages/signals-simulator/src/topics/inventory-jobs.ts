/** Background work on the inventory: counters while it runs, a CSV report when it is done; and suppliers. */
import { supplierResource } from '../documents/inventory-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, type Handler, optionalBodyJson, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { download, ok } from '../http/reply.ts';
import { at, type Json, textOf } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Container } from '../tenant/inventory.ts';
import { changedItem } from '../tenant/inventory-index.ts';
import type { Job } from '../tenant/jobs.ts';
import { csvRows } from './csv.ts';
import { checkValue } from './field-values.ts';
import { containersIn } from './inventory-rules.ts';
import { actOnContainer } from './inventory-status.ts';
import { csvText } from './table-export.ts';

interface Outcome {
  readonly id: string;
  readonly error: string;
}

interface InventoryJob {
  readonly outcomes: readonly Outcome[];
  /** CSV of the finished job; the outcomes when absent. */
  readonly file: string | undefined;
}

const attempt = (id: string, work: () => void): Outcome => {
  try {
    work();
    return { id, error: '' };
  } catch (cause) {
    return { id, error: cause instanceof Error ? cause.message : String(cause) };
  }
};

interface JobKind {
  readonly name: string;
  /** States while it waits, works, is done, has failed. */
  readonly states: readonly [waiting: string, working: string, done: string, failed: string];
  readonly work: (call: Call) => InventoryJob;
}

const containerStates = ['READY', 'UPDATING', 'COMPLETED', 'FAILED'] as const;
const locationStates = ['QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const;

/** The self link leaves `/inventory` out, as on a real tenant. */
const jobDocument = (call: Call, kind: JobKind, job: Job<InventoryJob>): Json => {
  const { outcomes } = job.payload;
  const [waiting, working, done, failed] = kind.states;
  const isReady = call.tenant.jobs.isReady(job);
  const isHalf = call.tenant.clock.nowMillis() > (job.startedAtMillis + job.readyAtMillis) / 2;
  const failures = outcomes.filter(({ error }) => error !== '').length;
  const isFailed = outcomes.length > 0 && failures === outcomes.length;
  const status = isReady ? (isFailed ? failed : done) : isHalf ? working : waiting;
  return {
    links: { self: `${call.base}/${kind.name}/jobs/${job.id}` },
    data: {
      type: 'asyncUpdateResult',
      id: job.id,
      attributes: {
        jobId: job.id,
        status,
        totalCount: outcomes.length,
        pendingCount: isReady ? 0 : outcomes.length,
        successCount: isReady ? outcomes.length - failures : 0,
        failureCount: isReady ? failures : 0,
      },
    },
  };
};

const jobHandlers = (
  kind: JobKind,
): { readonly start: Handler; readonly status: Handler; readonly report: Handler } => {
  const jobOf = (call: Call) => {
    const job = call.tenant.jobs.get<InventoryJob>(kind.name, param(call, 'jobId'));
    if (job === undefined) throw notFound('The job is not found.');
    return job;
  };
  return {
    start(call) {
      const job = call.tenant.jobs.start(kind.name, kind.work(call), call.tenant.random.uuid());
      return ok(jobDocument(call, kind, job));
    },
    status: (call) => ok(jobDocument(call, kind, jobOf(call))),
    report(call) {
      const job = jobOf(call);
      if (!call.tenant.jobs.isReady(job)) throw badRequest('The report is not ready.');
      const lines = job.payload.outcomes.map(({ id, error }) => [id, error === '' ? 'SUCCESS' : 'FAILED', error]);
      const text = job.payload.file ?? csvText([['id', 'status', 'error'], ...lines]);
      return download(textContent('text/csv', text), `${kind.name}.csv`);
    },
  };
};

const attributesOf = (call: Call) => at(bodyJson(call), 'data', 'attributes');

const chosen = (call: Call): Container[] => {
  const attributes = attributesOf(call);
  return containersIn(
    call,
    at(attributes, 'containerIds') ?? at(attributes, 'ids') ?? at(attributes, 'containerDigestMap'),
  );
};

const each = (call: Call, work: (container: Container) => void): InventoryJob => ({
  outcomes: chosen(call).map((container) => attempt(container.id, () => work(container))),
  file: undefined,
});

const moveTo = (call: Call, container: Container, locationId: string | undefined) => {
  if (container.status === 'FINAL_DISPOSED') throw badRequest('Disposed for good: not even moved.');
  if (locationId === undefined || !call.tenant.inventory.locations.has(locationId))
    throw badRequest('The location is not found.');
  container.locationId = locationId;
  container.coordinateX = undefined;
  container.coordinateY = undefined;
  changedItem(call.tenant, 'container', container, call.user.id);
};

const updateStatus = jobHandlers({
  name: 'bulkUpdateStatus',
  states: containerStates,
  work(call) {
    const action = textOf(at(attributesOf(call), 'action')) ?? '';
    return each(call, (container) => actOnContainer(call, container, action));
  },
});

const updateField = jobHandlers({
  name: 'bulkUpdate',
  states: containerStates,
  work(call) {
    const attributes = attributesOf(call);
    const fieldId = textOf(at(attributes, 'field', 'id')) ?? textOf(at(attributes, 'fieldId')) ?? '';
    const value = at(attributes, 'field', 'content', 'value') ?? at(attributes, 'value') ?? '';
    return each(call, (container) => {
      const definition = call.tenant.inventory.types.get(container.typeId)?.fields.find(({ id }) => id === fieldId);
      if (definition === undefined) throw badRequest('The container has no such field.');
      container.fields.set(fieldId, checkValue(definition, value));
      changedItem(call.tenant, 'container', container, call.user.id);
    });
  },
});

const returnHome = jobHandlers({
  name: 'bulkReturnHome',
  states: containerStates,
  work: (call) => each(call, (container) => moveTo(call, container, container.homeLocationId)),
});

const movement = jobHandlers({
  name: 'movement',
  states: locationStates,
  work(call) {
    const attributes = attributesOf(call);
    const id = textOf(at(attributes, 'locationId')) ?? textOf(at(attributes, 'source', 'id')) ?? '';
    const targetId = textOf(at(attributes, 'targetId')) ?? textOf(at(attributes, 'target', 'id')) ?? '';
    const move = () => {
      const location = call.tenant.inventory.locations.get(id);
      if (location === undefined || !call.tenant.inventory.locations.has(targetId))
        throw badRequest('A location is not found.');
      location.parentId = targetId;
      changedItem(call.tenant, 'location', location, call.user.id);
    };
    return { outcomes: [attempt(id, move)], file: undefined };
  },
});

const moveContents = jobHandlers({
  name: 'moveContents',
  states: locationStates,
  work(call) {
    const attributes = attributesOf(call);
    const from = textOf(at(attributes, 'sourceId')) ?? textOf(at(attributes, 'source', 'id')) ?? '';
    const to = textOf(at(attributes, 'targetId')) ?? textOf(at(attributes, 'target', 'id')) ?? '';
    const inside = [...call.tenant.inventory.containers.values()].filter(({ locationId }) => locationId === from);
    return {
      outcomes: inside.map((container) => attempt(container.id, () => moveTo(call, container, to))),
      file: undefined,
    };
  },
});

const exportContainers = jobHandlers({
  name: 'containerExport',
  states: locationStates,
  work(call) {
    const ids = at(optionalBodyJson(call), 'data', 'attributes', 'containerIds');
    const containers = ids === undefined ? [...call.tenant.inventory.containers.values()] : containersIn(call, ids);
    const lines = containers.map(({ id, name, barcode, status, amount, unit }) => [
      id,
      name,
      barcode,
      status,
      `${amount} ${unit}`,
    ]);
    return {
      outcomes: containers.map(({ id }) => ({ id, error: '' })),
      file: csvText([['id', 'name', 'barcode', 'status', 'amount'], ...lines]),
    };
  },
});

const exportOrders = jobHandlers({
  name: 'orderExport',
  states: locationStates,
  work(call) {
    const orders = [...call.tenant.inventory.orders.values()];
    const lines = orders.map(({ id, materialId, status }) => [id, materialId, status]);
    return {
      outcomes: orders.map(({ id }) => ({ id, error: '' })),
      file: csvText([['id', 'material', 'status'], ...lines]),
    };
  },
});

const listSuppliers = (call: Call) => {
  const page = readPage(call);
  const text = (call.query.get('search') ?? call.query.get('name') ?? '').toLowerCase();
  const country = call.query.get('country');
  const found = [...call.tenant.inventory.suppliers.values()]
    .filter(
      (supplier) => supplier.name.toLowerCase().includes(text) && (country === null || supplier.country === country),
    )
    .toSorted((a, b) => Number(b.isFavourite) - Number(a.isFavourite) || (a.name < b.name ? -1 : 1));
  const { items, hasMore } = slicePage(found, page);
  return ok(pagedDocument(call, page, { items: items.map(supplierResource), hasMore }));
};

const largestUpload = 500;

const uploadSuppliers = (call: Call) => {
  const [, ...lines] = csvRows(call.body.toString('utf8'));
  if (lines.length > largestUpload) throw badRequest(`At most ${largestUpload} suppliers.`);
  for (const [name = '', country = ''] of lines) {
    const id = call.tenant.nextNumber();
    call.tenant.inventory.suppliers.set(id, { id, name, country, isFavourite: false });
  }
  return ok({
    links: selfLinks(call),
    data: { type: 'supplierUpload', id: call.tenant.nextNumber(), attributes: { created: lines.length } },
  });
};

const supplierExample = () =>
  download(
    textContent(
      'text/csv',
      csvText([
        ['Name', 'Country'],
        ['Acme Chemicals', 'USA'],
      ]),
    ),
    'suppliers.csv',
  );

export const inventoryJobRoutes: Routes = {
  'POST /inventory/containers/bulkUpdateStatus/jobs': updateStatus.start,
  'GET /inventory/containers/bulkUpdateStatus/jobs/{jobId}/status': updateStatus.status,
  'GET /inventory/containers/bulkUpdateStatus/jobs/{jobId}/report': updateStatus.report,
  'POST /inventory/containers/bulkUpdate/jobs': updateField.start,
  'GET /inventory/containers/bulkUpdate/jobs/{jobId}/status': updateField.status,
  'GET /inventory/containers/bulkUpdate/jobs/{jobId}/report': updateField.report,
  'POST /inventory/containers/bulkReturnHome/jobs': returnHome.start,
  'GET /inventory/containers/bulkReturnHome/jobs/{jobId}/status': returnHome.status,
  'GET /inventory/containers/bulkReturnHome/jobs/{jobId}/report': returnHome.report,
  'POST /inventory/locations/jobs/movement': movement.start,
  'GET /inventory/locations/jobs/movement/{jobId}': movement.status,
  'GET /inventory/locations/jobs/movement/{jobId}/report': movement.report,
  'POST /inventory/locations/jobs/moveContents': moveContents.start,
  'GET /inventory/locations/jobs/moveContents/{jobId}': moveContents.status,
  'GET /inventory/locations/jobs/moveContents/{jobId}/report': moveContents.report,
  'POST /inventory/containers/bulkExport': exportContainers.start,
  'GET /inventory/containers/bulkExport/jobs/{jobId}/status': exportContainers.status,
  'GET /inventory/containers/bulkExport/jobs/{jobId}/report': exportContainers.report,
  'POST /inventory/materialOrders/exports': exportOrders.start,
  'GET /inventory/materialOrders/exports/{jobId}/status': exportOrders.status,
  'GET /inventory/materialOrders/exports/{jobId}/report': exportOrders.report,
  'GET /inventory/suppliers': listSuppliers,
  'GET /inventory/suppliers/upload/example': supplierExample,
  'POST /inventory/suppliers/upload': uploadSuppliers,
};
