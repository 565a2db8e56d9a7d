/** The types of containers and locations, and the fields that they define. */
import * as z from 'zod';
import { AppError, type ErrorFault } from '../errors/app-error.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import { lookAgain } from '../tenant-calls/look-again.ts';
import { readAnswer } from '../tenant-calls/tenant-refusal.ts';
import { faultAt, refuseFaults } from './faults.ts';

export type ItemKind = 'container' | 'location';

const Definition = z.looseObject({
  title: z.string(),
  type: z.string(),
  isRequired: z.boolean().nullish(),
  multiSelect: z.boolean().nullish(),
  options: z.array(z.string()).nullish().catch(undefined),
});
const Field = z.looseObject({ id: z.string(), definition: Definition });
type Field = z.output<typeof Field>;
const Types = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({ name: z.string(), fields: z.array(Field).nullish() }),
    }),
  ),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

const pageLimit = 100;
/** A longer list is not read to its end. */
const mostPages = 20;

/** Members of their own set these: barcode, amount, status. */
const isSystemField = ({ id }: Field): boolean => id.startsWith('PE_INV_SYSTEM_');

/** @throws AppError UPSTREAM_UNREADABLE for a list that is too long, in which the type may yet be. */
const findFields = async (tenant: Tenant, kind: ItemKind, typeId: string): Promise<readonly Field[] | undefined> => {
  for (let page = 0; page < mostPages; page += 1) {
    const path = `/inventory/types?entityType=${kind}&page[offset]=${page * pageLimit}&page[limit]=${pageLimit}`;
    const { data, links } = readAnswer(await tenant.ask({ method: 'GET', path }), Types);
    const found = data.find(({ id }) => id === typeId);
    if (found) return (found.attributes.fields ?? []).filter((field) => !isSystemField(field));
    if (data.length === 0 || !links?.next) return undefined;
  }
  throw new AppError('UPSTREAM_UNREADABLE', {
    detail: `The tenant lists more than ${mostPages * pageLimit} types of a ${kind}, and the first ones have no ${typeId}.`,
  });
};

type Value = string | number | boolean | readonly string[];
type Values = Readonly<Record<string, Value>>;

const isEmpty = (value: Value | undefined): boolean => value === undefined || value === '' || isEmptyList(value);
const isEmptyList = (value: Value): boolean => Array.isArray(value) && value.length === 0;

const instant = z.iso.datetime({ offset: true });

/** What is wrong with a value; undefined = nothing that the definition shows. */
const problemOf = ({ definition: { type, multiSelect, options } }: Field, value: Value): string | undefined => {
  // Whether the field may be empty is looked at apart.
  if (isEmpty(value)) return undefined;
  const values = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && multiSelect !== true) return 'takes one value';
  const areText = values.every((one) => typeof one === 'string');
  if (type === 'text' || type === 'unit')
    return areText ? undefined : `must be text${type === 'unit' ? ', such as "3 g"' : ''}`;
  if (type === 'datetime')
    return values.every((one) => instant.safeParse(one).success) ? undefined : 'must be an instant with its zone';
  if (type !== 'list' && type !== 'attributeList') return undefined;
  if (!areText) return 'must be text';
  if (type === 'attributeList' || !options) return undefined;
  return values.every((one) => options.includes(one)) ? undefined : `must be one of ${JSON.stringify(options)}`;
};

type Sent = { readonly id: string; readonly content: { readonly value: Value } };

const checkFields = (fields: readonly Field[], values: Values): { sent: Sent[]; faults: ErrorFault[] } => {
  const given = Object.entries(values).map(([name, value]) => {
    const field = fields.find(({ id }) => id === name) ?? fields.find(({ definition }) => definition.title === name);
    return { name, value, field };
  });
  const faults = given.flatMap(({ name, value, field }, place) => {
    if (!field) return [faultAt(['fields', name], 'is no field of this type')];
    const isRepeated = given.findIndex((other) => other.field === field) !== place;
    const problem = isRepeated ? 'is given by its title and by its id' : problemOf(field, value);
    return problem === undefined ? [] : [faultAt(['fields', name], problem)];
  });
  const missing = fields.filter(
    (field) => field.definition.isRequired === true && isEmpty(given.find((one) => one.field === field)?.value),
  );
  return {
    sent: given.flatMap(({ field, value }) => (field && !isEmpty(value) ? [{ id: field.id, content: { value } }] : [])),
    faults: [...faults, ...missing.map(({ definition }) => faultAt(['fields', definition.title], 'is required'))],
  };
};

/** The fields of a new item as the tenant takes them. @throws AppError REQUEST_INVALID with every fault. */
export const readyFields = (
  tenant: Tenant,
  kind: ItemKind,
  { typeId, fields: values = {} }: { readonly typeId: string; readonly fields?: Values | undefined },
): Promise<readonly Sent[]> =>
  lookAgain(tenant, async (looking) => {
    const fields = await findFields(looking, kind, typeId);
    const { sent, faults } = fields
      ? checkFields(fields, values)
      : { sent: [], faults: [faultAt(['typeId'], `is no type of a ${kind} in the tenant`)] };
    refuseFaults(faults);
    return sent;
  });
