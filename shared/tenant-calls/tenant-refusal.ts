/** Answers of the tenant that are no success, as errors of the facade. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { TenantAnswer } from './ask-tenant.ts';

const Fault = z.looseObject({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});
/** Wrapped in `errors`, or bare. */
const Faults = z.union([z.looseObject({ errors: z.tuple([Fault], Fault) }), Fault]);

const mostCharacters = 300;

/** What the tenant says is wrong; empty where it says nothing. */
const reasonOf = ({ document }: TenantAnswer): string => {
  const read = Faults.safeParse(document);
  if (!read.success) return '';
  const { code, title, detail } = 'errors' in read.data ? (read.data.errors as [z.infer<typeof Fault>])[0] : read.data;
  return [code, detail ?? title]
    .filter((part) => typeof part === 'string')
    .join(': ')
    .slice(0, mostCharacters);
};

/** `The tenant answered with 457 (InvalidCoordinates: The place is taken.)` */
export const tenantSaid = (answer: TenantAnswer): string => {
  const reason = reasonOf(answer);
  return `The tenant answered with ${answer.status}${reason === '' ? '' : ` (${reason})`}.`;
};

/** The tenant does not show what was asked for, or has it no longer. */
export const isAbsent = ({ status }: TenantAnswer): boolean => status === 404 || status === 410;

/** The error for an answer that the caller of this function did not expect. */
export const unexpectedAnswer = (answer: TenantAnswer): AppError => {
  const { status, retryAfterSeconds } = answer;
  const detail = tenantSaid(answer);
  if (status === 429) return new AppError('TOO_MANY_REQUESTS', { detail, retryAfterSeconds: retryAfterSeconds ?? 5 });
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new AppError(status < 500 ? 'TENANT_REFUSED' : 'TENANT_FAILED', { detail, ...wait });
};

/** Of one call. Any other failure, such as a 429, ends the request. */
const failuresOfOne: ReadonlySet<ErrorCode> = new Set([
  'TENANT_REFUSED',
  'TENANT_FAILED',
  'UPSTREAM_UNREADABLE',
  'ANSWER_WITHHELD',
  'UPSTREAM_LATE',
  'UPSTREAM_UNREACHABLE',
]);

/** Whether the answer may do without the call that failed. */
export const isAboutOne = (error: unknown): error is AppError =>
  error instanceof AppError && failuresOfOne.has(error.code);

/** @throws AppError TENANT_REFUSED, TENANT_FAILED, TOO_MANY_REQUESTS; UPSTREAM_UNREADABLE for another document. */
export const readAnswer = <Schema extends z.ZodType>(answer: TenantAnswer, schema: Schema): z.output<Schema> => {
  if (answer.status < 200 || answer.status > 299) throw unexpectedAnswer(answer);
  const read = schema.safeParse(answer.document);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AppError('UPSTREAM_UNREADABLE', {
    detail: `The tenant answered with a document of another form: ${issue?.path.map(String).join('.') || 'the document'} is not as expected.`,
  });
};
