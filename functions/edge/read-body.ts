import type * as z from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { HttpRequest } from './http-request.ts';

const parse = (body: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(body ?? []).toString('utf8'));
  } catch (cause) {
    throw new AppError('REQUEST_INVALID', { detail: 'The body is not JSON.', cause });
  }
};

/** The JSON body of a request. @throws AppError REQUEST_INVALID with a JSON pointer to the first fault. */
export const readBody = <Schema extends z.ZodType>(request: HttpRequest, schema: Schema): z.infer<Schema> => {
  const result = schema.safeParse(parse(request.body));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const pointer = (issue?.path ?? [])
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  throw new AppError('REQUEST_INVALID', {
    detail: `${pointer || 'The document'}: ${issue?.message ?? 'is not as documented'}`,
    source: { pointer },
  });
};
