/** Whether the entity is still the version that was wanted. */
import * as z from 'zod';
import { release, unexpected } from './answers.ts';
import { JobFailure } from './job-failure.ts';
import type { Call } from './kind.ts';
import { readJson } from './read-json.ts';

/** @throws JobFailure when the subject is gone, or is another version than was wanted. */
export const checkSubject = async (call: Call, subject: string, digest: string): Promise<void> => {
  const answer = await call({ method: 'GET', path: `/entities/${encodeURIComponent(subject)}` });
  if (answer.status === 404 || answer.status === 410) {
    release(answer);
    throw new JobFailure('ENTITY_GONE', 'The entity is not there any more, or may not be read.');
  }
  if (answer.status !== 200) throw unexpected('the entity', answer);
  const document = z.looseObject({
    data: z.looseObject({ attributes: z.looseObject({ digest: z.string().optional() }) }),
  });
  const { data } = document.parse(await readJson(answer));
  if ((data.attributes.digest ?? '') !== digest)
    throw new JobFailure(
      'ENTITY_CHANGED',
      'The entity was changed while it was exported. Ask again for its new version.',
    );
};
