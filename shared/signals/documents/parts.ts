/** What the documents of all types have in common. */
import * as z from 'zod';

export const instant = z.iso.datetime({ offset: true });
export const text = z.string();
export const id = z.string().min(1);
export const eid = z.string().regex(/^[A-Za-z_]+:[^\s]+$/, 'must be type:id');
export const bareId = z.string().regex(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits');
export const scalar = z.union([text, z.number(), z.boolean()]);
const address = z.string().regex(/^https?:\/\/[^/]+\//, 'must be an absolute address');

export const Links = z
  .looseObject({ self: address })
  .describe('Absolute URLs; those of the upstream point to this facade.');

export const Identifier = z.looseObject({ type: id, id });

export const Relationship = z.looseObject({
  links: Links.optional(),
  data: z.union([Identifier, z.array(Identifier)]).optional(),
});

const relationships = z.record(text, Relationship).optional();

/** @param type of the resource, as the document states it. */
export const resource = <Type extends string, Attributes extends z.ZodType>(type: Type, attributes: Attributes) =>
  z.looseObject({ type: z.literal(type), id, links: Links.optional(), attributes, relationships });

/** Types whose documents no source settles: a type and an id are all that is asked. */
export const Resource = z.looseObject({
  type: id.describe('Kind of resource. Notebook objects are all `entity`; their own type is in `attributes.type`.'),
  id: text,
  links: Links.optional(),
  attributes: z
    .looseObject({
      digest: text.optional().describe('Version stamp. Writes carry it as the query parameter `digest`.'),
    })
    .optional(),
  relationships,
});

/** A cell as it is shown: an empty one has no members. */
export const Content = z.looseObject({ value: z.unknown().optional(), values: z.array(z.unknown()).optional() });

/** Links are absolute; `next` and `prev` are absent where there is no page, and never empty. */
export const DocumentLinks = z.looseObject({
  self: address,
  first: address.optional(),
  prev: address.optional(),
  next: address.optional(),
});

/** A document whose data is this. */
export const documentOf = <Data extends z.ZodType>(data: Data) =>
  z.looseObject({
    links: DocumentLinks.optional(),
    data,
    included: z.array(Resource).optional().describe('Related resources, shortened.'),
    meta: z.looseObject({}).optional(),
  });
