/** An entity in a listing of the tenant, with what the facade reads of it. */
import * as z from 'zod';

export const ListedEntity = z.looseObject({
  id: z.string().min(1),
  attributes: z.looseObject({
    type: z.string(),
    name: z.string(),
    description: z.string().nullish(),
    createdAt: z.string().nullish(),
    editedAt: z.string().nullish(),
    digest: z.string().nullish(),
    flags: z.looseObject({ isTrashed: z.boolean().nullish() }).nullish(),
  }),
});
export type ListedEntity = z.output<typeof ListedEntity>;

/** A page of them. */
export const ListedEntities = z.looseObject({
  data: z.array(ListedEntity),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** What callers see of it. An empty text is no value. */
export const shownOf = ({ attributes: { type, name, description, createdAt, editedAt, digest } }: ListedEntity) => ({
  ...{ name, kind: type },
  ...(description ? { description } : {}),
  ...(createdAt ? { createdAt } : {}),
  ...(editedAt ? { editedAt } : {}),
  ...(digest ? { digest } : {}),
});
