import type { Account, Upstream } from '../exchange/upstream.ts';

/** The account in an answer to `whoAmI`; undefined if the answer names none. */
export const readAccount = (
  { read }: NonNullable<Upstream['whoAmI']>,
  body: Uint8Array | undefined,
): Account | undefined => {
  try {
    return read(JSON.parse(Buffer.from(body ?? []).toString('utf8')));
  } catch {
    return undefined;
  }
};
