import type { Account, Upstream } from '../exchange/upstream.ts';

/** The account that the answer to `whoAmI` names; undefined for what is no such answer. */
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
