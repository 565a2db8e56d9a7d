/** Checks answers by the schemas that an OpenAPI document has for them. */
import { Ajv2020 } from 'ajv/dist/2020.js';

type Responses = Record<string, { content?: Record<string, { schema?: unknown }> }>;
export type OpenApi = { paths: Record<string, Record<string, { responses: Responses }>>; components: unknown };

/** A JSON pointer in the fragment of an address. */
const pointer = (...names: string[]): string =>
  names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

export type Answer = {
  readonly method: string;
  /** Template, as in the document. */
  readonly path: string;
  readonly status: number;
  readonly mediaType: string;
  readonly json: unknown;
};

/** @returns a function that says what is wrong with an answer, nothing where it fits. */
export const createAnswerCheck = ({ paths, components }: OpenApi) => {
  // The document has words that are no JSON Schema, such as `example`.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'openapi.json', paths, components }, undefined, undefined, false);
  return ({ method, path, status, mediaType, json }: Answer): string[] => {
    const { responses } = paths[path]?.[method.toLowerCase()] ?? { responses: {} };
    const stated = [String(status), '2XX'].find((name) => responses[name]);
    if (!stated) return [`${method} ${path}: the document has no answer ${status}`];
    const content = responses[stated]?.content ?? {};
    if (content['*/*']) return [];
    if (content[mediaType]?.schema === undefined)
      return [`${method} ${path}: the answer ${stated} has no schema for ${mediaType}`];
    const place = pointer('paths', path, method.toLowerCase(), 'responses', stated, 'content', mediaType, 'schema');
    const fits = ajv.getSchema(`openapi.json#${place}`);
    if (!fits) return [`${place} is no schema`];
    if (fits(json)) return [];
    return (fits.errors ?? []).map(({ instancePath, message }) => `${method} ${path}: ${instancePath} ${message}`);
  };
};
