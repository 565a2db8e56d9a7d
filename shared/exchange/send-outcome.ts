/** What came of one send, for those who are told of it. */
export type SendOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** What the answer asked for; undefined = nothing. */
      readonly retryAfterMillis?: number | undefined;
      /** Whether the answer refused the credential, by the rule of the upstream; absent = each 401 does. */
      readonly refused?: boolean;
    }
  /** No answer came: the request may have arrived, or may still. */
  | { readonly kind: 'lost' }
  /** It is certain that nothing was sent and nothing will be. */
  | { readonly kind: 'not-sent' };

/** Undefined = no answer came. */
export const statusOf = (outcome: SendOutcome): number | undefined =>
  outcome.kind === 'answered' ? outcome.status : undefined;

/** Whether the upstream refused the credential. */
export const isRefused = (outcome: SendOutcome): boolean =>
  outcome.kind === 'answered' && (outcome.refused ?? outcome.status === 401);
