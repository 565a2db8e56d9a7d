/** Who closed an experiment, as a notification names the person. */
import * as z from 'zod';

const Named = z.object({
  data: z.object({
    relationships: z.object({ createdBy: z.object({ data: z.object({ id: z.string().min(1).max(250) }) }) }),
  }),
});

/** @param notification the native document. @returns the id of a user; undefined where it names none. */
export const closerOf = (notification: unknown): string | undefined =>
  Named.safeParse(notification).data?.data.relationships.createdBy.data.id;
