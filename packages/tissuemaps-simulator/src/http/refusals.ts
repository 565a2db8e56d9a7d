/** Refusals, in the server's four forms: its own errors, the flat errors about tokens, errors of a query without a match, and HTML. */
import { html, json, type Reply } from './reply.ts';

export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`${reply.status}`);
    this.reply = reply;
  }
}

const refusal = (status: number, type: string, message: string): Refusal =>
  new Refusal(json({ error: { error: true, message, status_code: status, type } }, status));

export const malformed = (message: string) => refusal(400, 'MalformedRequestError', message);

export const missingParameters = (method: string, names: readonly string[]) =>
  refusal(
    400,
    `Missing${method}ParameterError`,
    `The following ${method} parameters are required but were missing in the request: ${names.map((name) => `"${name}"`).join(', ')}.`,
  );

export const notFound = (type: string) =>
  refusal(404, 'ResourceNotFoundError', `The requested resource of type "${type}" was not found.`);

export const forbidden = (type: string) =>
  refusal(403, 'ForbiddenError', `You do not have the right to use the requested resource of type "${type}".`);

export const integrityError = (message: string) => refusal(500, 'IntegrityError', message);

/** Names in the query match no site or image. This form has no inner `error`. */
export const noResult = (message: string) =>
  new Refusal(json({ error: { message, status_code: 400, type: 'NoResultFound' } }, 400));

/** Trouble with a token: the flat form, whose `error` is a text. */
export const tokenTrouble = (error: string, description: string, headers: Readonly<Record<string, string>> = {}) =>
  new Refusal({ ...json({ status_code: 401, error, description }, 401), headers });

/** Everything unforeseen: 500 without JSON. */
export const unforeseen = () => new Refusal(html(500, 'Internal Server Error'));
export const unknownPath = () => new Refusal(html(404, 'Not Found'));
export const wrongMethod = (allowed: readonly string[]) =>
  new Refusal(html(405, 'Method Not Allowed', { allow: allowed.join(', ') }));
export const badJson = () => new Refusal(html(400, 'Bad Request'));
export const tooLarge = () => new Refusal(html(413, 'Request Entity Too Large'));
