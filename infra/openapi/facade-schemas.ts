/** The error document as a schema. */
import * as z from 'zod';
import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';
import type { Json } from './native-api.ts';

export const ErrorDocumentSchema = z.strictObject({
  errors: z
    .array(
      z.strictObject({
        id: z.string().describe('Id of the request; also in the header X-Request-Id.'),
        status: z.string().describe('The HTTP status, as text.'),
        code: z
          .enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]])
          .describe('What went wrong. A code never changes its meaning.'),
        title: z.string().describe('The code in words.'),
        detail: z.string().describe('What is wrong here and what to do.'),
        source: z
          .strictObject({
            pointer: z.string().optional().describe('JSON pointer into the body.'),
            parameter: z.string().optional(),
            header: z.string().optional(),
          })
          .optional(),
        links: z.strictObject({
          type: z.string().describe('The page that explains the code.'),
          about: z.string().optional().describe('Where you can correct it.'),
        }),
      }),
    )
    .min(1),
});

const toSchema = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
};

/** As components of the OpenAPI document. */
export const facadeSchemas: Readonly<Record<string, Json>> = {
  ErrorDocument: { description: 'An error that the facade made.', ...toSchema(ErrorDocumentSchema) },
};
