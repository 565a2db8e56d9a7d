/** The JSON:API shapes that native operations share. They state only what is true of every operation. */
import type { Json } from '../native-api.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const anyObject: Json = { type: 'object', additionalProperties: true };

const links: Json = {
  type: 'object',
  description: 'Absolute URLs; those of the upstream point to this facade.',
  additionalProperties: true,
  properties: { self: { type: 'string' } },
};

const resource: Json = {
  type: 'object',
  required: ['type', 'id'],
  properties: {
    type: {
      type: 'string',
      description: 'Kind of resource. Notebook objects are all `entity`; their own type is in `attributes.type`.',
    },
    id: { type: 'string' },
    links: ref('Links'),
    attributes: {
      ...anyObject,
      properties: {
        digest: { type: 'string', description: 'Version stamp. Writes carry it as the query parameter `digest`.' },
      },
    },
    relationships: anyObject,
    meta: anyObject,
  },
};

const exampleResource: Json = {
  type: 'entity',
  id: 'experiment:<uuid>',
  attributes: { type: 'experiment', name: 'Run 7', digest: '41200317' },
};

const documentMembers: Json = {
  links: ref('Links'),
  included: { type: 'array', items: ref('Resource'), description: 'Related resources, shortened.' },
  meta: anyObject,
};

const nativeError: Json = {
  type: 'object',
  description: "An upstream's error. Every member may be missing.",
  additionalProperties: true,
  properties: Object.fromEntries(['status', 'code', 'title', 'detail'].map((name) => [name, { type: 'string' }])),
};

export const signalsSchemas: Readonly<Record<string, Json>> = {
  Links: links,
  Resource: resource,
  Document: {
    type: 'object',
    description: 'A JSON:API document. Some operations answer with one resource, some with a list.',
    properties: {
      ...documentMembers,
      data: { anyOf: [ref('Resource'), { type: 'array', items: ref('Resource') }, { type: 'null' }] },
    },
    example: { data: exampleResource },
  },
  ListDocument: {
    type: 'object',
    description: 'One page of a list. Follow `links.next` until it is absent; there is no `last` and often no total.',
    required: ['data'],
    properties: {
      ...documentMembers,
      links: {
        allOf: [ref('Links')],
        properties: { first: { type: 'string' }, prev: { type: 'string' }, next: { type: 'string' } },
      },
      data: { type: 'array', items: ref('Resource') },
    },
    example: { links: { next: '<URL of the next page>' }, data: [exampleResource] },
  },
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
