/** Reports the faults of a document or of parameters, each in our words and with its place. */
import type * as z from 'zod';
import type { ErrorFault } from '../errors/app-error.ts';

/** Most faults that are reported: a hostile body could have a million. */
export const mostFaults = 20;

/** Longest name that is repeated: a name in a hostile body could be as long as the body. */
const mostCharacters = 500;
const shortened = (text: string): string => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text);

type Issue = z.core.$ZodIssue;
type FaultPath = readonly PropertyKey[];

/** JSON pointer (RFC 6901). */
export const toPointer = (path: FaultPath): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
  null: 'null',
};

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

const formats: Readonly<Record<string, string>> = {
  datetime: 'an instant such as 2026-06-01T22:00:00Z',
  date: 'a date such as 2026-06-01',
  url: 'a URL',
  guid: 'a UUID',
  uuid: 'a UUID',
  email: 'an e-mail address',
};

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const bound = (
  word: string,
  issue: Issue & { readonly origin: string; readonly inclusive?: boolean },
  limit: unknown,
): string => `must have ${word} ${String(limit)}${units[issue.origin] ?? ''}`;

/** Texts for zod's own findings. A schema's own message takes precedence. */
const describe = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${nouns[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${list(issue.values)}` : `must be one of ${list(issue.values)}`;
    case 'too_small':
      return units[issue.origin] ? bound('at least', issue, issue.minimum) : `must be at least ${issue.minimum}`;
    case 'too_big':
      return units[issue.origin] ? bound('at most', issue, issue.maximum) : `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'of the documented form'}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return 'is not as documented';
  }
};

/** For the `error` option of a parse. Undefined keeps the schema's own message. */
export const ownWords = (issue: z.core.$ZodRawIssue): string => describe(issue as Issue);

type Finding = { readonly path: FaultPath; readonly message: string };

/** One finding for each unknown member, and those of the branch that came closest for a union. */
const toFindings = (issue: Issue, base: FaultPath = []): Finding[] => {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not known here' }));
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((errors) => errors.length > 0);
    const closest = branches.toSorted((one, other) => one.length - other.length)[0];
    if (closest) return closest.flatMap((inner) => toFindings(inner, path));
  }
  return [{ path, message: issue.message }];
};

const nameOf = (path: FaultPath): string => path.map(String).join('.');

/** @param where turns the place of a finding into the `source` of a JSON:API error, and a name for its text. */
const toFaults =
  (where: (path: FaultPath) => Pick<ErrorFault, 'source'> & { readonly name: string }) =>
  (issues: readonly Issue[]): readonly ErrorFault[] =>
    issues
      .flatMap((issue) => toFindings(issue))
      .slice(0, mostFaults)
      .map(({ path, message }) => {
        const { name, source } = where(path);
        return { detail: `${shortened(name)}: ${message}.`.replace(/\.\.$/, '.'), ...(source ? { source } : {}) };
      });

/** Faults of a JSON body. */
export const bodyFaults = toFaults((path) => {
  const pointer = shortened(toPointer(path));
  return { name: pointer || 'The document', source: { pointer } };
});

/** Faults of query or path parameters. */
export const parameterFaults = toFaults((path) => ({
  name: nameOf(path.slice(0, 1)),
  source: { parameter: nameOf(path.slice(0, 1)) },
}));

/** Faults of request headers. */
export const headerFaults = toFaults((path) => ({
  name: nameOf(path.slice(0, 1)),
  source: { header: nameOf(path.slice(0, 1)) },
}));
