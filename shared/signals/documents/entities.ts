/** Notebook objects and their fields, and attributes (client-shapes 1, 5, 6 and 11). */
import * as z from 'zod';
import { Content, eid, id, instant, resource, text } from './parts.ts';

const EntityAttributes = z.looseObject({
  id: id.optional(),
  eid,
  type: id,
  name: text,
  description: text,
  createdAt: instant,
  editedAt: instant,
  digest: id.describe('Version stamp. Writes carry it as the query parameter `digest`.'),
  fields: z.record(text, Content),
  state: text.optional(),
  flags: z.looseObject({ isTrashed: z.boolean().optional() }).optional(),
  ado: z.strictObject({ id, baseType: id, adoName: id }).optional(),
});

/** A hit of the search is flatter. `fields[entity]` leaves members out. */
const HitAttributes = z
  .looseObject({ eid: id, type: id, name: text, createdAt: instant, modifiedAt: instant })
  .partial();

/** A row of the list of attributes. */
const ListedAttribute = z.looseObject({ id, eid, name: text, type: z.literal('attribute'), digest: id });

const AttributeAttributes = z.looseObject({ id: eid, name: text, type: text, options: z.array(text) });

export const entityTypes = {
  entity: resource('entity', EntityAttributes),
  entityHit: resource('entity', HitAttributes),
  listedAttribute: resource('entity', ListedAttribute),
  entityProperty: resource(
    'property',
    z.looseObject({ id, name: text, value: z.unknown(), values: z.array(z.unknown()) }),
  ),
  contentProperty: resource('property', z.looseObject({ id, name: text.optional(), content: Content.optional() })),
  attribute: resource('attribute', AttributeAttributes),
  option: resource('option', z.strictObject({ key: text, value: text })),
} as const;
