/** The JSON Schema of what a route reads and answers, as far as commands need it. */
import * as z from 'zod';

export type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly $ref?: string;
};

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Puts definitions in the place of their references, so that a reader meets none. A definition that contains itself ends there. */
const withoutReferences = (schema: JsonSchema, definitions: Definitions, above: readonly string[] = []): JsonSchema => {
  const { $ref, ...own } = schema;
  const name = $ref?.split('/').at(-1) ?? '';
  const found = definitions[name];
  if (found !== undefined)
    return above.includes(name) ? own : { ...withoutReferences(found, definitions, [...above, name]), ...own };
  const inner = (one: JsonSchema): JsonSchema => withoutReferences(one, definitions, above);
  const { properties, items, anyOf, oneOf, ...rest } = own;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, inner(one)])),
    }),
    ...(items && { items: inner(items) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
  };
};

/** Of what a caller writes, before defaults and transforms. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return withoutReferences(root as JsonSchema, $defs as Definitions);
};

/** The alternatives of a schema without `null`, and whether `null` is one of them. */
export const alternativesOf = (
  schema: JsonSchema,
): { readonly schemas: readonly JsonSchema[]; readonly isNullable: boolean } => {
  const all = schema.anyOf ?? schema.oneOf ?? [schema];
  const schemas = all.filter(({ type }) => type !== 'null');
  return { schemas, isNullable: schemas.length < all.length };
};
