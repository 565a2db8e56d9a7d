import { JobFailure } from './job-failure.ts';

/** The tenant may lose a file that was made. It is made again so often. */
const mostRounds = 3;

/** @param attempt its outcome; undefined = the tenant has lost the file. @throws JobFailure FILE_LOST. */
export const inRounds = async <T>(attempt: (round: number) => Promise<T | undefined>): Promise<T> => {
  for (let round = 1; round <= mostRounds; round += 1) {
    const outcome = await attempt(round);
    if (outcome !== undefined) return outcome;
  }
  throw new JobFailure(
    'FILE_LOST',
    `The tenant made the file ${mostRounds} times, and each time it could not be fetched to its end.`,
  );
};
