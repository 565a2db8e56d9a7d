/** Reads from the headers who calls, besides the key. */
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { Headers } from '../http/headers.ts';

const subjectHeader = 'x-on-behalf-of';

export const valuesOf = (headers: Headers, wanted: string): string[] =>
  headers.filter(([name]) => name === wanted).map(([, value]) => value);

/** The token of the only `Authorization: Bearer`; undefined if there is none or another scheme. */
export const readBearer = (headers: Headers): string | undefined => {
  const values = valuesOf(headers, 'authorization');
  const [value = ''] = values;
  return values.length === 1 ? /^Bearer +([\w.~+/=-]{1,8192})$/i.exec(value)?.[1] : undefined;
};

/**
 * The person that a consumer calls for, by the consumer's own name: 1 to 128 visible ASCII characters.
 * @throws AppError SUBJECT_REFUSED if the consumer may not; REQUEST_INVALID for anything but one such name.
 */
export const readSubject = (headers: Headers, consumer: Consumer): string | undefined => {
  const values = valuesOf(headers, subjectHeader);
  if (values.length === 0) return undefined;
  const source = { header: 'X-On-Behalf-Of' };
  if (!consumer.actsAs?.includes('user')) {
    throw new AppError('SUBJECT_REFUSED', {
      detail: `${consumer.id} may not call for a person: its actsAs has no user. Ask an administrator of the consumers to add it.`,
      source,
    });
  }
  const [subject = ''] = values;
  if (values.length === 1 && /^[\x21-\x7e]{1,128}$/.test(subject)) return subject;
  throw new AppError('REQUEST_INVALID', {
    detail: 'X-On-Behalf-Of holds one name of 1 to 128 visible ASCII characters.',
    source,
  });
};
