/** What an order needs to know of its experiment now. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { JobFailure } from '../exports/job-failure.ts';
import type { Call } from '../exports/kind.ts';
import { readJson } from '../exports/read-json.ts';

const One = z
  .looseObject({ data: z.looseObject({ id: z.string().min(1).max(250) }) })
  .optional()
  .catch(undefined);
const Many = z
  .looseObject({ data: z.array(z.looseObject({ id: z.string() })) })
  .optional()
  .catch(undefined);

const Instant = z.iso.datetime({ offset: true }).optional().catch(undefined);

const Entity = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ digest: z.string().optional(), state: z.string().optional(), editedAt: Instant }),
    relationships: z.looseObject({ editedBy: One, ancestors: Many }).optional().catch(undefined),
  }),
});

export type Subject = {
  readonly isClosed: boolean;
  readonly digest: string;
  readonly notebook?: string;
  /** Whoever changed it last: closing is a change, and nobody can edit a closed experiment. */
  readonly editedBy?: string;
  readonly editedAtMillis?: number;
};

/** A closed experiment may be archived in the tenant, too, which takes it out of lists and changes nothing else. */
const closedStates: ReadonlySet<string> = new Set(['closed', 'archived']);

/** @throws JobFailure for an experiment that is gone, or that has no digest. */
export const readSubject = async (call: Call, eid: string): Promise<Subject> => {
  const answer = await call({ method: 'GET', path: `/entities/${encodeURIComponent(eid)}` });
  if (answer.status !== 200 && answer.body instanceof Readable) answer.body.destroy();
  if (answer.status === 404 || answer.status === 410)
    throw new JobFailure('ENTITY_GONE', 'The experiment is not there any more, or may not be read.');
  if (answer.status !== 200) throw new Error(`the experiment: the upstream answered with ${answer.status}`);
  const { attributes, relationships } = Entity.parse(await readJson(answer)).data;
  const { digest = '', state = '', editedAt } = attributes;
  const isClosed = closedStates.has(state.toLowerCase());
  if (isClosed && digest === '')
    throw new JobFailure('NOT_EXPORTABLE', 'The tenant gives no digest of the experiment, so no version can be named.');
  const notebook = relationships?.ancestors?.data.find(({ id }) => id.startsWith('journal:'))?.id;
  const editedBy = relationships?.editedBy?.data.id;
  return {
    ...{ isClosed, digest },
    ...(notebook === undefined ? {} : { notebook }),
    ...(editedBy === undefined ? {} : { editedBy }),
    ...(editedAt === undefined ? {} : { editedAtMillis: Date.parse(editedAt) }),
  };
};
