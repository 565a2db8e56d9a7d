/**
 * New containers and locations. The tenant keeps barcodes and names unique, and refuses the second of two creations, also of two at
 * once: so a caller that does not know whether its creation arrived sends it again.
 */
import * as z from 'zod';
import { AppError, asOutcome, unsent } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { isPassingRefusal } from '../exchange/refusals.ts';
import type { Tenant, TenantAnswer } from '../tenant-calls/ask-tenant.ts';
import { isAboutOne, readAnswer, tenantSaid, unexpectedAnswer } from '../tenant-calls/tenant-refusal.ts';
import { bareIdOf, findItems } from './find-items.ts';
import { CreatedItem } from './item-document.ts';
import { type ItemKind, readyFields } from './item-types.ts';
import type { NewContainer, NewLocation } from './new-item.ts';
import { readyPlace } from './place.ts';

/** The barcode (456) or the name (458) is taken, or the tenant says just that something clashes (409). */
const clashes: ReadonlySet<number> = new Set([409, 456, 458]);
/** The place is taken, perhaps by the first of two creations: which of its rules the tenant looks at first is not documented. */
const placeIsTaken = 457;

/** The tenant answers a single creation with a list of one. */
const Created = z.looseObject({
  data: z.union([CreatedItem, z.tuple([CreatedItem], CreatedItem).transform(([item]) => item)]),
});

const FoundContainers = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/**
 * The tenant looks up containers by barcode. Locations are searched for, for which the caller needs `entities:read`. The cache answers
 * neither: the item may be new.
 */
const findByBarcode = async (tenant: Tenant, kind: ItemKind, barcode: string): Promise<string | undefined> => {
  if (kind === 'location') {
    const query = { kind, field: 'fields.Barcode', value: barcode, offset: 0, limit: 1, isFresh: true };
    const { hits } = await findItems(tenant, query);
    return hits[0] && bareIdOf(hits[0]);
  }
  const document = { data: { type: 'containerSearch', attributes: { barcodes: [barcode] } } };
  const call = { method: 'POST', path: '/inventory/containers/search', document, isFresh: true } as const;
  return readAnswer(await tenant.ask(call), FoundContainers).data[0]?.id;
};

/** The caller may not search, or not as whom it calls. */
const mayNotSearch: ReadonlySet<ErrorCode> = new Set(['SCOPE_MISSING', 'USER_TOKEN_NEEDED']);

/** A look-up that fails so leaves the refusal as it is: the tenant fails at it, or the caller may not search. */
const isAboutLookUp = (error: unknown): boolean =>
  isAboutOne(error) || (error instanceof AppError && mayNotSearch.has(error.code));

/** What fails before the creation is sent has created nothing, and frees the idempotency key. */
const beforeCreation = <Ready>(ready: Promise<Ready>): Promise<Ready> =>
  ready.catch((error: unknown) => {
    throw unsent(error);
  });

type Wish = {
  readonly kind: ItemKind;
  readonly barcode: string;
  readonly attributes: object;
  /** URL of the native items of this kind. */
  readonly native: string;
};

/** What the caller needs to know: whether the item is there, and where. */
const refusalOf = async (tenant: Tenant, { kind, barcode, native }: Wish, answer: TenantAnswer): Promise<AppError> => {
  const id = await findByBarcode(tenant, kind, barcode).catch((error: unknown) => {
    if (isAboutLookUp(error)) return undefined;
    throw unsent(error);
  });
  if (id === undefined)
    return clashes.has(answer.status)
      ? new AppError('INVENTORY_EXISTS', { detail: tenantSaid(answer) })
      : unexpectedAnswer(answer);
  const about = `${native}/${id}`;
  return new AppError('INVENTORY_EXISTS', {
    detail: `The ${kind} ${id} has the barcode ${barcode}. ${tenantSaid(answer)}`,
    source: { pointer: '/data/attributes/barcode' },
    links: { about },
    headers: [['location', about]],
  });
};

const create = async (tenant: Tenant, wish: Wish): Promise<CreatedItem> => {
  const { kind, attributes } = wish;
  const type = kind === 'container' ? 'inventoryContainer' : 'inventoryLocation';
  const document = { data: { type, attributes } };
  const answer = await tenant.ask({ method: 'POST', path: `/inventory/${kind}s`, document, isMain: true });
  if (answer.status >= 200 && answer.status <= 299) return readAnswer(answer, Created).data;
  const mayBeThere = clashes.has(answer.status) || answer.status === placeIsTaken;
  const refusal = mayBeThere ? await refusalOf(tenant, wish, answer) : unexpectedAnswer(answer);
  throw isPassingRefusal(answer.status) ? refusal : asOutcome(refusal);
};

/**
 * @param native URL of the native API.
 * @throws AppError REQUEST_INVALID for what the type or the grid forbids, before the tenant is asked to create anything;
 * INVENTORY_EXISTS; and as `readAnswer` does.
 */
export const createContainer = async (tenant: Tenant, wish: NewContainer, native: string): Promise<CreatedItem> => {
  const { typeId, barcode, description, content, amount, unit, locationId } = wish;
  const fields = await beforeCreation(readyFields(tenant, 'container', wish));
  const coordinates = await beforeCreation(readyPlace(tenant, wish, 'locationId', locationId));
  return create(tenant, {
    ...{ kind: 'container', barcode, native: `${native}/inventory/containers` },
    attributes: {
      ...{ typeId, barcode, description, amount, unit, fields },
      ...(content === undefined ? {} : { contents: [{ entityId: content }] }),
      ...(locationId === undefined ? {} : { location: { id: locationId } }),
      ...coordinates,
    },
  });
};

/** As `createContainer`. */
export const createLocation = async (tenant: Tenant, wish: NewLocation, native: string): Promise<CreatedItem> => {
  const { typeId, name, barcode, description, parentId, rows, columns } = wish;
  const fields = await beforeCreation(readyFields(tenant, 'location', wish));
  const coordinates = await beforeCreation(readyPlace(tenant, wish, 'parentId', parentId));
  return create(tenant, {
    ...{ kind: 'location', barcode, native: `${native}/inventory/locations` },
    attributes: {
      ...{ typeId, name, barcode, description, fields },
      ...(parentId === undefined ? {} : { ancestors: [{ id: parentId }] }),
      ...(rows === undefined ? {} : { isGrid: true, rows, columns }),
      ...coordinates,
    },
  });
};
