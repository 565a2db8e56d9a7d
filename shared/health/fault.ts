/** What a check says when it cannot look: what could not be reached, and the kind of the fault. No text of an error: it may hold anything. */

/** A fault of something that has a name. */
class NamedFault extends Error {
  readonly what: string;

  /** @param what such as `the table of the quota`. */
  constructor(what: string, cause: unknown) {
    super(`${what} cannot be reached`, { cause });
    this.what = what;
  }
}

/** The result of `work`. A failure says of what it is. */
export const naming = <T>(what: string, work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw new NamedFault(what, cause);
  });

/** Names of errors of AWS, by what they mean (DynamoDB, SQS and KMS API references, common errors). */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests/i, 'AWS throttles it'],
  [/AccessDenied|NotAuthorized|UnrecognizedClient|ExpiredToken|InvalidSignature/i, 'the facade has no right to it'],
  [/ResourceNotFound|QueueDoesNotExist|NonExistentQueue|NotFound/i, 'it is not there'],
  [/DisabledException|InvalidState/i, 'its key is disabled'],
  [/Timeout|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN/i, 'it does not answer'],
];

const wordOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${(error as { readonly code?: unknown }).code ?? ''}` : '';

/** The causes of an error, itself first. A store wraps the error of its client. */
const causesOf = (error: unknown, most = 5): readonly unknown[] =>
  error === undefined || most === 0 ? [] : [error, ...causesOf((error as { cause?: unknown } | null)?.cause, most - 1)];

/** In one sentence. */
export const faultSentence = (error: unknown): string => {
  const causes = causesOf(error);
  const named = causes.find((one) => one instanceof NamedFault);
  const kind = kinds.find(([pattern]) => causes.some((one) => pattern.test(wordOf(one))))?.[1] ?? 'it failed';
  const what = named?.what ?? 'What the check looks at';
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} cannot be reached: ${kind}.`;
};
