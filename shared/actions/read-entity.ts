/** Reads an entity and all its children from the tenant, as facts for the rules. */
import * as z from 'zod';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import type { EntityFacts } from './signing-rules.ts';

/** 2,000 children. An entity with more is not judged by a part of them. */
const mostPages = 20;
const pageSize = 100;

const Reference = z.object({ data: z.object({ id: z.string() }) });
const EntityDocument = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({
      type: z.string(),
      state: z.string().optional(),
      fields: z.record(z.string(), z.unknown()).optional(),
    }),
    relationships: z.object({ template: Reference.optional().catch(undefined) }).optional(),
  }),
});

const Child = z.object({
  attributes: z.object({
    type: z.string(),
    name: z.string(),
    flags: z.object({ isTrashed: z.boolean().optional() }).optional(),
  }),
});
const ChildrenDocument = z.object({
  data: z.array(Child),
  links: z.object({ next: z.string().optional() }).optional(),
});

type Ask = Pick<Tenant, 'ask'>;

/** Undefined = the tenant refused it, or its answer has another form. */
const read = async <Schema extends z.ZodType>(
  { ask }: Ask,
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> => {
  const { status, document } = await ask({ method: 'GET', path, isFresh: true });
  return status === 200 ? schema.safeParse(document).data : undefined;
};

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isPlain = (value: unknown): boolean => isText(value) || typeof value === 'number' || typeof value === 'boolean';

/** A list has several; a link, an ontology term and the like are objects. An empty object or list is no value. */
const isFilled = (value: unknown): boolean => {
  if (isPlain(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => isPlain(part) || Object.values(Object(part)).some(isPlain));
};

/** `{value}`, or `{values}` (developer guide, fetching an experiment). */
const Content = z.looseObject({ value: z.unknown(), values: z.unknown() }).partial();
const hasValue = (field: unknown): boolean => {
  const { value, values } = Content.safeParse(field).data ?? {};
  return isFilled(value) || isFilled(values);
};

const pathOf = (eid: string): string => `/entities/${encodeURIComponent(eid)}`;

/** What the tenant says of the entity itself. Undefined = it cannot be read, or it is another one. */
export const readEntity = async (tenant: Ask, eid: string): Promise<Omit<EntityFacts, 'children'> | undefined> => {
  const found = await read(tenant, pathOf(eid), EntityDocument);
  if (found?.data.id !== eid) return undefined;
  const { attributes, relationships } = found.data;
  const { type, state, fields = {} } = attributes;
  const filled = Object.entries(fields).flatMap(([name, field]) => (hasValue(field) ? [name] : []));
  return { eid, type, state, template: relationships?.template?.data.id, filledFields: new Set(filled) };
};

const isThere = ({ attributes }: z.infer<typeof Child>): boolean => attributes.flags?.isTrashed !== true;

/** Undefined = they cannot be read, or there are too many. `included` of the entity may be shortened, so it is not used. */
export const readChildren = async (tenant: Ask, eid: string): Promise<EntityFacts['children'] | undefined> => {
  const children: z.infer<typeof Child>[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const path = `${pathOf(eid)}/children?page%5Blimit%5D=${pageSize}&page%5Boffset%5D=${page * pageSize}`;
    const found = await read(tenant, path, ChildrenDocument);
    if (!found) return undefined;
    children.push(...found.data);
    if (!found.links?.next) return children.filter(isThere).map(({ attributes: { type, name } }) => ({ type, name }));
  }
  return undefined;
};
