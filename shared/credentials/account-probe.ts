/** Port: one cheap call with a key that is about to be added. */

/** `accepted` without an account: nothing that tells came back, and the key is taken on trust. */
type ProbedKey = { readonly kind: 'accepted'; readonly accountId: string | undefined } | { readonly kind: 'refused' };

/** Never throws. */
export type AccountProbe = (secret: string) => Promise<ProbedKey>;

/** Where the upstream cannot be asked. */
export const noAccountProbe: AccountProbe = async () => ({ kind: 'accepted', accountId: undefined });
