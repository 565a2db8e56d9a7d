/**
 * Ids of rows. The server sends the base64 text of the number, as its documents do (`MQ==` is 1). Ids of jobs are the base64 text of `tmaps` and the
 * number. It accepts these two forms and the bare number, whatever it sends.
 */

export type IdStyle = (number: number) => string;

const base64 = (text: string) => Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

export const documentedId: IdStyle = (number) => base64(String(number));
export const documentedJobId: IdStyle = (number) => base64(`tmaps${number}`);
/** As servers since January 2018 send all ids. */
export const plainId: IdStyle = String;

/** The number of an id in any form, or nothing. */
export const decodeId = (text: string): number | undefined => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(text)) return undefined;
  const [, digits] = /^(?:tmaps)?(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  return digits === undefined ? undefined : Number(digits);
};
