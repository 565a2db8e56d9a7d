/**
 * What API Gateway does with the headers of a Lambda proxy integration, buffered or streamed (developer guide, "Important
 * notes", table of headers, column `lambda`). Not proved on an account: whether `Content-Length` of a streamed answer passes, as
 * the table says of all answers. It does here.
 */

const ofTheConnection = ['keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

const droppedFromRequest: ReadonlySet<string> = new Set([
  ...ofTheConnection,
  'connection',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'www-authenticate',
]);

const droppedFromAnswer: ReadonlySet<string> = new Set([
  ...ofTheConnection,
  'expect',
  'host',
  'proxy-authenticate',
  'via',
]);

const remapped: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);

export const reachesFunction = (name: string): boolean => !droppedFromRequest.has(name.toLowerCase());

/** The name under which a header of the function's answer leaves; undefined where it does not leave. */
export const nameInAnswer = (name: string): string | undefined => {
  const lower = name.toLowerCase();
  if (droppedFromAnswer.has(lower)) return undefined;
  return remapped.has(lower) ? `x-amzn-Remapped-${name}` : name;
};

/** The media type of an answer without one. It is set even if the answer has no body. */
export const defaultContentType = 'application/json';
