/** What the facade's answer must be, worked out from the tenant's own in the plainest way, and where it is not. */
import { decoded, type RawAnswer } from '../../support/raw-http.ts';

/** About one connection, or about the way through the facade. */
const ofTheWay = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
  'cache-status',
  'x-acting-as',
  'ratelimit',
  'ratelimit-policy',
  'x-amzn-requestid',
  'x-amz-apigw-id',
  // The tenant's Date: API Gateway sends its own.
  'x-amzn-remapped-date',
]);

export type Bases = { readonly upstream: string; readonly facade: string };

const isUnder = (url: string, base: string): boolean =>
  url === base || (url.startsWith(base) && '/?#'.includes(url[base.length] ?? ''));

/** By its own walk through the parsed document: strings below a `links` member that begin with the upstream's base. */
const rewriteLinks = (value: unknown, bases: Bases, isLink: boolean): unknown => {
  if (typeof value === 'string')
    return isLink && isUnder(value, bases.upstream) ? bases.facade + value.slice(bases.upstream.length) : value;
  if (Array.isArray(value)) return value.map((item) => rewriteLinks(item, bases, isLink));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, rewriteLinks(item, bases, isLink || name === 'links')]),
  );
};

const isDocument = ({ headers }: RawAnswer): boolean =>
  /json/.test(headers['content-type'] ?? '') && !/^attachment/.test(headers['content-disposition'] ?? '');

/** @throws when the tenant's own text would not survive parsing and writing, so that the comparison would mean nothing. */
const expectedBody = (direct: RawAnswer, bases: Bases, isContent: boolean): Buffer => {
  const body = decoded(direct);
  if (isContent || !isDocument(direct) || body.byteLength === 0) return body;
  const parsed: unknown = JSON.parse(body.toString());
  if (JSON.stringify(parsed) !== body.toString())
    throw new Error('The document cannot be compared: it is not canonical');
  return Buffer.from(JSON.stringify(rewriteLinks(parsed, bases, false)));
};

const compareHeaders = (
  direct: RawAnswer,
  through: RawAnswer,
  mayLackLength: boolean,
  mayAdd: readonly string[],
): string[] => {
  const names = new Set([...Object.keys(direct.headers), ...Object.keys(through.headers)]);
  return [...names].flatMap((name) => {
    if (ofTheWay.has(name)) return [];
    const [before, after] = [String(direct.headers[name]), String(through.headers[name])];
    if (before === after || (before === 'undefined' && mayAdd.includes(name))) return [];
    // API Gateway lets no answer go without a media type.
    if (name === 'content-type' && before === 'undefined' && after === 'application/json') return [];
    if (name === 'content-length' && isDocument(direct)) {
      if (after === String(through.body.byteLength) || (mayLackLength && after === 'undefined')) return [];
    }
    return [`header ${name}: ${before} became ${after}`];
  });
};

const excerpt = (body: Buffer, around: number): string =>
  body.subarray(Math.max(0, around - 60), around + 60).toString();

const compareBodies = (expected: Buffer, actual: Buffer): string[] => {
  if (expected.equals(actual)) return [];
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at += 1;
  return [`body at byte ${at}: ${excerpt(expected, at)}\n      became ${excerpt(actual, at)}`];
};

/** Every way in which the answer through the facade is not the tenant's own, in words. */
export const compareAnswers = (
  direct: RawAnswer,
  through: RawAnswer,
  bases: Bases,
  options: { readonly isContent: boolean; readonly mayLackLength: boolean; readonly mayAdd: readonly string[] },
): string[] => [
  ...(direct.status === through.status ? [] : [`status: ${direct.status} became ${through.status}`]),
  ...compareHeaders(direct, through, options.mayLackLength, options.mayAdd),
  ...compareBodies(expectedBody(direct, bases, options.isContent), decoded(through)),
];
