import * as z from 'zod';

type Override = { readonly zodSchema: unknown; readonly jsonSchema: Record<string, unknown> };

/**
 * zod writes a pattern of 288 characters for each instant and the largest safe integer as a bound: neither says anything that
 * `format` and `type` do not. It leaves out the default of a value that is read from text.
 */
export const tidy = ({ zodSchema, jsonSchema }: Override): void => {
  const byDefault = z.globalRegistry.get(zodSchema as z.ZodType)?.default;
  if (byDefault !== undefined) jsonSchema.default = byDefault;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

/**
 * As `tidy`, for documents of an upstream. Its next release may add members and values, and another tenant may spell an id
 * differently than recordings do. So objects are open, and lists of values, patterns and the form of a UUID are not stated as rules.
 */
export const open = (override: Override): void => {
  tidy(override);
  const { jsonSchema } = override;
  if (jsonSchema.additionalProperties === false) jsonSchema.additionalProperties = {};
  for (const rule of ['pattern', 'minLength', 'propertyNames']) delete jsonSchema[rule];
  if (jsonSchema.format === 'uuid') delete jsonSchema.format;
  if (!Array.isArray(jsonSchema.enum)) return;
  jsonSchema.description = `Known values: ${jsonSchema.enum.map((value) => `\`${value}\``).join(', ')}.`;
  delete jsonSchema.enum;
};
