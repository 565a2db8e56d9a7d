/** An answer that is not a success, as an error. */
import { retryAfterMillis } from './retry-after.ts';

/** One error of an error document: docs/errors.md. The tenant's own may lack members. */
export type ErrorObject = {
  readonly id?: string;
  readonly status?: string;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly source?: { readonly pointer?: string; readonly parameter?: string; readonly header?: string };
  /** `type` is the page that explains the code. */
  readonly links?: { readonly type?: string; readonly about?: string };
};

type Facts = {
  readonly status: number;
  readonly id: string | undefined;
  readonly errors: readonly ErrorObject[];
  readonly retryAfterSeconds: number | undefined;
};

/** Its message is the sentence of the facade, or of the tenant. */
export class FacadeError extends Error {
  override readonly name = 'FacadeError';
  readonly status: number;
  /** `LIKE_THIS` from the facade, `LikeThis` from the tenant. Undefined where the answer is no error document. */
  readonly code: string | undefined;
  /** The request's id. Quote it when you ask for help. */
  readonly id: string | undefined;
  /** Every error of the document: each fault of a body is one of its own. */
  readonly errors: readonly ErrorObject[];
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { status, id, errors, retryAfterSeconds }: Facts) {
    super(message);
    this.status = status;
    this.code = errors[0]?.code;
    this.id = id;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const parse = (text: string): { errors?: unknown; message?: unknown } => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};

const errorsIn = (value: unknown): ErrorObject[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

/** API Gateway's own 413 has a `message` and no errors. */
const sentenceOf = (status: number, errors: readonly ErrorObject[], message: unknown): string => {
  const sentences = errors.map(({ detail, title }) => detail ?? title).filter((one) => one !== undefined);
  if (sentences.length > 0) return sentences.join(' ');
  return `The answer has the status ${status}${typeof message === 'string' ? `: ${message}` : ''}.`;
};

/** Reads the answer to its end. */
export const toFacadeError = async (answer: Response, nowMillis: number): Promise<FacadeError> => {
  const { errors: found, message } = parse(await answer.text());
  const errors = errorsIn(found);
  const waitMillis = retryAfterMillis(answer.headers, nowMillis);
  return new FacadeError(sentenceOf(answer.status, errors, message), {
    status: answer.status,
    id: answer.headers.get('x-request-id') ?? errors[0]?.id,
    errors,
    retryAfterSeconds: waitMillis === undefined ? undefined : Math.ceil(waitMillis / 1_000),
  });
};
