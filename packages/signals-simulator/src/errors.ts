/** Refusals of the simulated tenant, in the words and numbers of the native API. */
import type { Json } from './json.ts';

/** An error that a handler throws to answer a refusal. */
export class SignalsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;

  constructor(status: number, code: string, title: string, detail: string) {
    super(`${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
  }
}

export const badRequest = (detail: string) => new SignalsError(400, 'BadRequest', 'Bad request.', detail);
export const unauthorized = (detail: string) => new SignalsError(401, 'Unauthorized', 'User is unauthorized', detail);
/** State forbids the act: trashed, closed, second delete. */
export const forbidden = (detail: string) => new SignalsError(403, 'PreconditionFailed', 'Access forbidden.', detail);
/** The user has no right to the object (the code is invented). */
export const noAccess = (detail: string) => new SignalsError(403, 'Forbidden', 'Access forbidden.', detail);
export const notFound = (detail: string) => new SignalsError(404, 'NotFound', 'Resource is not found.', detail);
export const methodNotFound = (method: string, path: string) =>
  new SignalsError(404, 'MethodNotFound', 'Method is not found.', `No method ${method} on ${path}.`);
export const notAcceptable = (accept: string) =>
  new SignalsError(
    406,
    'NotAcceptable',
    'Not acceptable.',
    `Cannot answer with ${accept}; ask for application/vnd.api+json.`,
  );
export const conflict = (detail: string) => new SignalsError(409, 'Conflict', 'Conflict.', detail);
export const lengthRequired = () =>
  new SignalsError(411, 'LengthRequired', 'Length required.', 'This operation needs a Content-Length header.');
export const reviewTransition = (detail: string) =>
  new SignalsError(412, 'PreconditionFailed', 'Review transition is not allowed.', detail);
export const tooLarge = (limitBytes: number) =>
  new SignalsError(413, 'PayloadTooLarge', 'Payload is too large.', `The body may have at most ${limitBytes} bytes.`);
export const unsupportedMediaType = (mediaType: string) =>
  new SignalsError(
    415,
    'UnsupportedMediaType',
    'Unsupported media type.',
    `Content type ${mediaType} is not accepted here.`,
  );
export const unprocessable = (detail: string) =>
  new SignalsError(422, 'UnprocessableEntity', 'Request cannot be processed.', detail);
export const digestMismatch = (id: string) =>
  new SignalsError(428, 'DigestNotMatch', 'Digest is mismatch.', `The digest given for ${id} is not its current one.`);
export const tooManyRequests = (detail: string) =>
  new SignalsError(429, 'TooManyRequests', 'Too many requests.', detail);
export const notSimulated = (key: string) =>
  new SignalsError(501, 'NotSimulated', 'Operation is not simulated.', `The simulator has no ${key} yet.`);
/** Materials, chemistry and inventory use numbers of their own (430 to 479). */
export const special = (status: number, code: string, detail: string) => new SignalsError(status, code, detail, detail);

export const errorMembers = (error: SignalsError): { [name: string]: Json } => ({
  status: String(error.status),
  code: error.code,
  title: error.title,
  detail: error.detail,
});

/** The form of every refusal, but of a 401 with the switch `bareUnauthorized`. */
export const errorDocument = (error: SignalsError): Json => ({ errors: [errorMembers(error)] });
