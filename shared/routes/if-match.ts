/** The version of a record in the header If-Match, for routes that change or remove it. */
import * as z from 'zod';

/** For `answerHeaders` of a route. */
export const etag = { ETag: 'Version of the record, for If-Match.' };

/** The field of an answer. */
export const etagOf = ({ version }: { readonly version: number }) => ['etag', `"${version}"`] as const;

/** The version that an ETag names; undefined = any. */
const readVersion = (text: string): number | undefined => (text === '*' ? undefined : Number(text.slice(1, -1)));

/** @param what the record, such as `consumer`. */
export const ifMatch = (what: string) =>
  z.object({
    'If-Match': z
      .string()
      .trim()
      .regex(/^(\*|"\d{1,15}")$/, `must be the ETag of the ${what} as it was read, such as "3"`)
      .transform(readVersion)
      .optional()
      .describe(`The ETag of the ${what} as it was read: refused with 412 when it was changed meanwhile.`),
  });
