/** The schemas of bodies, answers and errors of native operations. */
import type { Json } from '../native-api.ts';
import { signalsDocuments } from './documents.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const anyObject: Json = { type: 'object', additionalProperties: true };

const nativeError: Json = {
  type: 'object',
  description: "An upstream's error. Every member may be missing.",
  additionalProperties: true,
  properties: Object.fromEntries(['status', 'code', 'title', 'detail'].map((name) => [name, { type: 'string' }])),
};

export const signalsSchemas: Readonly<Record<string, Json>> = {
  ...signalsDocuments,
  NativeRequestDocument: {
    type: 'object',
    description: 'A JSON:API document. The vendor documents the attributes of each operation.',
    required: ['data'],
    properties: { data: { anyOf: [anyObject, { type: 'array', items: anyObject }] } },
    example: { data: { attributes: {} } },
  },
  AnyJson: { description: 'JSON of any shape.' },
  NativeError: nativeError,
  NativeErrorDocument: {
    description: 'Errors of the upstream. Authentication failures may come without the wrapper.',
    anyOf: [
      { type: 'object', required: ['errors'], properties: { errors: { type: 'array', items: ref('NativeError') } } },
      ref('NativeError'),
    ],
  },
};
