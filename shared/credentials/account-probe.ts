/** Port: one cheap call with a key that is about to be added. */

/** `accepted` without an account: the answer did not show one, and the key is accepted unchecked. */
type ProbedKey = { readonly kind: 'accepted'; readonly accountId: string | undefined } | { readonly kind: 'refused' };

/** Never throws. */
export type AccountProbe = (secret: string) => Promise<ProbedKey>;

/** Where the upstream cannot be asked. */
export const noAccountProbe: AccountProbe = async () => ({ kind: 'accepted', accountId: undefined });
