/** Containers and locations by type and by the value of a field. */
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { fieldsOf, type Hit, hasTag, is, isNoTemplate, type SearchPage, search } from '../tenant-calls/search.ts';
import type { FoundItem } from './item-document.ts';
import type { ItemKind } from './item-types.ts';

type ItemQuery = {
  readonly kind: ItemKind;
  /** Name of the type. */
  readonly type?: string | undefined;
  /** Such as `fields.Barcode`, with `value`. */
  readonly field?: string | undefined;
  readonly value?: string | undefined;
  readonly offset: number;
  readonly limit: number;
  /** True = not from the cache. */
  readonly isFresh?: boolean;
};

const typeTags = { container: 'container.Container Type', location: 'location.Location Type' } as const;

/** One call. @throws AppError as `readAnswer` does. */
export const findItems = (tenant: Tenant, query: ItemQuery): Promise<SearchPage> => {
  const { kind, type, field, value, offset, limit, isFresh = false } = query;
  return search(tenant, {
    source: 'IVT',
    conditions: [
      is('type', kind),
      isNoTemplate,
      ...(type === undefined ? [] : [hasTag(typeTags[kind], type)]),
      ...(field === undefined || value === undefined ? [] : [hasTag(field, value)]),
    ],
    sort: 'createdAt',
    ...{ offset, limit, isFresh },
  });
};

/** A hit has `container:<id>:ivt`, and the native API takes the bare id. */
export const bareIdOf = ({ id }: Pick<Hit, 'id'>): string => id.split(':')[1] ?? id;

/** @param native URL of the native API. */
export const toFoundItem = (hit: Hit, kind: ItemKind, native: string): FoundItem => {
  const { name, description, createdAt, modifiedAt, digest, tags } = hit.attributes;
  const typeName = tags?.[typeTags[kind]];
  const id = bareIdOf(hit);
  return {
    type: `inventory-${kind}`,
    id,
    attributes: {
      ...{ name, createdAt, modifiedAt, fields: fieldsOf(hit) },
      ...(description ? { description } : {}),
      ...(digest ? { digest } : {}),
      ...(typeof typeName === 'string' ? { typeName } : {}),
    },
    links: { self: `${native}/inventory/${kind}s/${id}` },
  };
};
