/**
 * The declared fields of a list or source, with the types that Signals has for external lists and data sources. Signals is strict: it cuts no
 * text, takes only a JSON boolean for a checkbox, and wants a time in a date. It takes numbers as texts, too (developer guide, 06).
 */
import * as z from 'zod';

const fieldTypes = ['text', 'number', 'integer', 'checkbox', 'datetime', 'hyperlink'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** Each field is a column or a cell in the tenant, which shows one line. */
const isOneLine = (text: string): boolean => !/\p{Cc}/u.test(text) && text.isWellFormed();

/** In characters. */
export const mostFieldName = 200;

const FieldName = z
  .string()
  .min(1)
  .max(mostFieldName)
  .refine(isOneLine, 'must have no control characters')
  .describe(
    'Name of the field. In a source, the path of a nested value: `a.b[0].c`, or `["x.y"]` for a name with a dot.',
  );

const Field = z
  .strictObject({
    name: FieldName,
    type: z.enum(fieldTypes).describe('As in Signals; `hyperlink` is External Hyperlink, `datetime` is Date/Time.'),
    isRequired: z.boolean().optional().describe('A record without a value is refused.'),
  })
  .meta({ id: 'ExternalField' });
export type Field = Readonly<z.infer<typeof Field>>;

const mostFields = 100;

export const Fields = z
  .array(Field)
  .min(1)
  .max(mostFields)
  .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'must not name a field twice');

/** The number as JSON spells it, and with leading zeros, which Signals drops. */
const number = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const integer = /^[+-]?\d+$/;

const datetime = z.iso.datetime({ offset: true, local: true });

const isLink = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
};

const isNumberText = (value: unknown, form: RegExp): boolean =>
  typeof value === 'string' && form.test(value) && Number.isFinite(Number(value));

const tests: Readonly<Record<FieldType, readonly [fits: (value: unknown) => boolean, wanted: string]>> = {
  text: [(value) => typeof value === 'string' && value.isWellFormed(), 'a text'],
  number: [(value) => typeof value === 'number' || isNumberText(value, number), 'a number, or a number as text'],
  // JSON.parse rounds larger ones.
  integer: [
    (value) => Number.isSafeInteger(value) || isNumberText(value, integer),
    'a whole number (one above 2^53 as text)',
  ],
  checkbox: [(value) => typeof value === 'boolean', 'true or false'],
  datetime: [(value) => datetime.safeParse(value).success, 'a date with a time, such as 2026-06-01T22:00:00Z'],
  hyperlink: [(value) => typeof value === 'string' && isLink(value), 'an http or https address'],
};

/** What is wrong with a value of a field; undefined = nothing. Null and a missing value are the same: there is none. */
export const faultOf = ({ type, isRequired = false }: Omit<Field, 'name'>, value: unknown): string | undefined => {
  if (value === undefined || value === null) return isRequired ? 'is missing' : undefined;
  const [fits, wanted] = tests[type];
  return fits(value) ? undefined : `must be ${wanted}`;
};
