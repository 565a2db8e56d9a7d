import type * as z from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { HttpRequest } from './http-request.ts';
import { parseJsonBody } from './json-body.ts';

/** A list of 5,000 unknown members is no help in full. */
const mostDetailCharacters = 500;

const shortened = (text: string): string =>
  text.length > mostDetailCharacters ? `${text.slice(0, mostDetailCharacters)}…` : text;

/**
 * The JSON body of a request. To be called once the caller is known.
 * @throws AppError REQUEST_INVALID with a JSON pointer to the first fault; MEDIA_TYPE_UNKNOWN, REQUEST_TOO_DEEP.
 */
export const readBody = <Schema extends z.ZodType>(request: HttpRequest, schema: Schema): z.infer<Schema> => {
  const result = schema.safeParse(parseJsonBody(request));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const pointer = (issue?.path ?? [])
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  throw new AppError('REQUEST_INVALID', {
    detail: shortened(`${pointer || 'The document'}: ${issue?.message ?? 'is not as documented'}`),
    source: { pointer: shortened(pointer) },
  });
};
