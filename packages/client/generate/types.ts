/** The types of src/openapi.ts, made of the OpenAPI document that the facade serves. */
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { served } from './served.ts';

const head = '/** Generated from /openapi.json by `npm run client-types`. Do not edit. */\n';

/** Where the types are committed. */
export const typesFile = fileURLToPath(new URL('../src/openapi.ts', import.meta.url));

type Operation = { responses: Record<string, { headers?: unknown }> };
type Document = { paths: Record<string, Record<string, Operation>>; components: Record<string, unknown> };

/**
 * Without failures, which the client throws, and without the headers of answers, which it gives as they came: they would be
 * two thirds of the types.
 */
const trimmed = (document: Document): Document => {
  for (const operation of Object.values(document.paths).flatMap((item) => Object.values(item)))
    operation.responses = Object.fromEntries(
      Object.entries(operation.responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, { headers: _headers, ...response }]) => [status, response]),
    );
  const { responses: _responses, headers: _headers, ...components } = document.components;
  return { ...document, components };
};

export const generateTypes = async (): Promise<string> => {
  const document: unknown = trimmed(JSON.parse(JSON.stringify(served())) as Document);
  return (
    head +
    astToString(
      await openapiTypescript(document as OpenAPI3, {
        silent: true,
        // A default is what the facade takes where a member is missing, so it is not required.
        defaultNonNullable: false,
      }),
    )
  );
};
