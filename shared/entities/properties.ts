/** Properties of an entity, such as an experiment: a flat object in place of the tenant's list. */
import * as z from 'zod';
import type { ErrorFault } from '../errors/app-error.ts';
import { faultAt, refuseFaults } from '../inventory/faults.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { isAbsent, readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { entityPath, typeOf, unknownEntity } from './entity-id.ts';
import { digestAfter, writeVersioned } from './versions.ts';
import type { WriteParts } from './write-rows.ts';

const PropertyValue = z.union([
  z.string().max(32_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(4_000)).max(500),
]);
type PropertyValue = z.output<typeof PropertyValue>;

export const EntityChange = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('entity'),
      attributes: z.strictObject({
        properties: z
          .record(z.string().min(1).max(200), PropertyValue)
          .refine((all) => Object.keys(all).length > 0, 'must name a property')
          .refine((all) => Object.keys(all).length <= 200, 'must have at most 200 members')
          .describe(
            'New values by the names of the properties, such as Name and Description. Null and an empty list clear.',
          ),
      }),
    }),
  })
  .meta({ id: 'EntityChange' });

export const EntityDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('entity'),
      id: z.string(),
      attributes: z.strictObject({
        kind: z.string().describe('The type, such as experiment.'),
        digest: z.string().optional().describe('The new version, which is also the ETag.'),
        properties: z.record(z.string(), z.unknown()).describe('Values by names, after the change.'),
      }),
    }),
    meta: z.strictObject({
      upstreamCalls: z
        .number()
        .int()
        .describe('Calls that were sent to the tenant for this answer. Calls that the cache answered are not counted.'),
    }),
  })
  .meta({ id: 'EntityDocument' });

const Definition = z.looseObject({
  type: z.string().nullish(),
  attribute: z.looseObject({ options: z.array(z.string()).nullish().catch(undefined) }).nullish(),
  flags: z.looseObject({ canEdit: z.boolean().nullish(), isRequired: z.boolean().nullish() }).nullish(),
});
const Property = z.looseObject({
  attributes: z.looseObject({ name: z.string(), value: z.unknown(), values: z.array(z.unknown()).nullish() }),
  meta: z.looseObject({ definition: Definition.nullish().catch(undefined) }).nullish(),
});
type Property = z.output<typeof Property>;
const Properties = z.looseObject({ data: z.array(Property) });

const definitionOf = ({ meta }: Property): z.output<typeof Definition> => meta?.definition ?? {};
const lists: ReadonlySet<string> = new Set(['multiSelect', 'multiLink']);
const isList = (property: Property): boolean => lists.has(definitionOf(property).type ?? '');

const isEmpty = (value: PropertyValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What is wrong with a value; undefined = nothing that the definition shows. */
const problemOf = (property: Property, value: PropertyValue): string | undefined => {
  const { type, attribute, flags } = definitionOf(property);
  if (flags?.canEdit === false) return 'cannot be changed';
  if (isEmpty(value)) return flags?.isRequired === true ? 'is required' : undefined;
  if (isList(property) && !Array.isArray(value)) return 'must be a list of texts';
  if ((type === 'number' || type === 'integer') && typeof value !== 'number') return 'must be a number';
  if (type === 'boolean' && typeof value !== 'boolean') return 'must be true or false';
  const options = attribute?.options ?? [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return options.length > 0 && !values.every((one) => options.some((option) => option === one))
    ? `must be one of ${JSON.stringify(options.slice(0, 20))}`
    : undefined;
};

/** The tenant takes a link as JSON text in the place of the value. */
const asLink = (property: Property, value: string): string =>
  ['link', 'multiLink'].includes(definitionOf(property).type ?? '') && /^\w+:[^{]/.test(value)
    ? JSON.stringify({ value })
    : value;

const toNative = (property: Property, value: PropertyValue) => {
  const { name } = property.attributes;
  if (Array.isArray(value)) return { attributes: { name, values: value.map((one) => asLink(property, one)) } };
  if (isEmpty(value)) return { attributes: isList(property) ? { name, values: [] } : { name, value: '' } };
  return { attributes: { name, value: typeof value === 'string' ? asLink(property, value) : value } };
};

const flat = ({ attributes: { value, values } }: Property, isMany: boolean): unknown =>
  isMany || (values && values.length > 1) ? (values ?? []) : (value ?? null);

const ready = async (tenant: Tenant, eid: string, wanted: Readonly<Record<string, PropertyValue>>) => {
  const answer = await tenant.ask({ method: 'GET', path: `${entityPath(eid)}/properties` });
  if (isAbsent(answer)) throw unknownEntity(eid);
  const { data } = readAnswer(answer, Properties);
  const given = Object.entries(wanted).map(([name, value]) => ({
    name,
    value,
    property: data.find((one) => one.attributes.name === name),
  }));
  const faults = given.flatMap(({ name, value, property }): readonly ErrorFault[] => {
    const problem = property ? problemOf(property, value) : 'is no property of this entity';
    return problem === undefined ? [] : [faultAt(['properties', name], problem)];
  });
  refuseFaults(faults);
  return given.flatMap(({ property, value }) => (property ? [toNative(property, value)] : []));
};

/** @throws AppError REQUEST_INVALID with every fault before anything is written; and as `writeVersioned` does. */
export const changeProperties = async (
  tenant: Tenant,
  eid: string,
  wanted: Readonly<Record<string, PropertyValue>>,
  { version, pause }: WriteParts,
) => {
  const data = await lookAgain(tenant, (looking) => ready(looking, eid, wanted));
  const answer = await writeVersioned(tenant, eid, version, pause, (digest) =>
    tenant.ask({
      ...{ method: 'PATCH', path: `${entityPath(eid)}/properties?digest=${encodeURIComponent(digest)}`, isMain: true },
      document: { data },
    }),
  );
  if (isAbsent(answer)) throw unknownEntity(eid);
  const after = readAnswer(answer, Properties).data;
  return {
    kind: typeOf(eid),
    digest: await digestAfter(tenant, eid, answer.document),
    properties: Object.fromEntries(
      after.map((property) => [property.attributes.name, flat(property, isList(property))]),
    ),
  };
};
