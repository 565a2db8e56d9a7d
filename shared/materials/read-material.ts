/** Assets and batches as the tenant gives them: hits of a search, and whole materials. */
import * as z from 'zod';
import { fieldsOf, type Hit } from '../tenant-calls/search.ts';
import type { Kind, Material, MaterialAttributes } from './material-document.ts';

const isGiven = (error: unknown): boolean => error !== undefined && error !== null && error !== '';

/** An object with an error may have empty data, too. */
const Structure = z
  .union([
    z.string(),
    z.looseObject({ error: z.unknown().refine(isGiven) }).transform(({ error }) => ({ error: textOf(error) })),
    z.looseObject({ data: z.string() }).transform(({ data }) => data),
  ])
  .nullish()
  // A material stands without its structure.
  .catch({ error: 'The structure has an unknown form.' });

const textOf = (error: unknown): string => (typeof error === 'string' ? error : JSON.stringify(error)).slice(0, 300);

export const WholeMaterial = z.looseObject({
  id: z.string().min(1),
  attributes: z.looseObject({
    type: z.enum(['asset', 'batch']),
    name: z.string(),
    library: z.string().nullish(),
    description: z.string().nullish(),
    createdAt: z.string(),
    editedAt: z.string(),
    digest: z.string().nullish(),
    fields: z.record(z.string(), z.unknown()).nullish(),
    structure: Structure,
  }),
});
export type WholeMaterial = z.output<typeof WholeMaterial>;
export const WholeMaterialDocument = z.looseObject({ data: WholeMaterial });

/** What the tenant gives in the place of a structure. */
export const structureOf = ({
  structure,
}: WholeMaterial['attributes']): Pick<MaterialAttributes, 'structure' | 'structureError'> => {
  if (typeof structure === 'string') return { structure: structure === '' ? null : structure };
  return structure ? { structure: null, structureError: structure.error } : { structure: null };
};

type Common = { name: string; description?: string | null | undefined; digest?: string | null | undefined };
const common = ({ name, description, digest }: Common) => ({
  name,
  ...(description ? { description } : {}),
  ...(digest ? { digest } : {}),
});

/** `{ value }` of a whole material; hits have the bare value. */
const bare = (field: unknown): unknown =>
  typeof field === 'object' && field !== null && 'value' in field ? field.value : field;

export const fromHit = (hit: Hit, kind: Kind): Material => {
  const { createdAt, modifiedAt } = hit.attributes;
  return { id: hit.id, kind, attributes: { ...common(hit.attributes), createdAt, modifiedAt, fields: fieldsOf(hit) } };
};

/** @param withStructure whether the structure was asked for. */
export const fromWhole = ({ id, attributes }: WholeMaterial, withStructure: boolean): Material => {
  const { createdAt, editedAt, type } = attributes;
  const fields = Object.fromEntries(
    Object.entries(attributes.fields ?? {}).map(([name, field]) => [name, bare(field)] as const),
  );
  return {
    id,
    kind: type,
    attributes: {
      ...common(attributes),
      ...{ createdAt, modifiedAt: editedAt, fields },
      ...(withStructure ? structureOf(attributes) : {}),
    },
  };
};
