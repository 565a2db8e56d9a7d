/** The outcome of one send, for its observers. */
export type SendOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The wait that the answer asked for; undefined = none. */
      readonly retryAfterMillis?: number | undefined;
      /** Whether the answer refused the credential, by the rule of the upstream; absent = each 401 does. */
      readonly refused?: boolean;
      /** From the send until the answer began. */
      readonly millis?: number;
    }
  /** No answer came. The request may have arrived, or may still arrive. */
  | { readonly kind: 'lost' }
  /** It is certain that nothing was or will be sent. */
  | { readonly kind: 'not-sent' };

/** Undefined = no answer came. */
export const statusOf = (outcome: SendOutcome): number | undefined =>
  outcome.kind === 'answered' ? outcome.status : undefined;

/** Whether the upstream refused the credential. */
export const isRefused = (outcome: SendOutcome): boolean =>
  outcome.kind === 'answered' && (outcome.refused ?? outcome.status === 401);
