/** What the facade presents to an upstream. */

/** - `service`: a key of the facade's own. - `user`: a token that a person has linked. - `bearer`: what the caller itself sent. */
export const credentialKinds = ['service', 'user', 'bearer'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** The credential that the facade sends to an upstream. */

export type Credential = {
  readonly kind: CredentialKind;
  /** Names the record it comes from, in logs and figures; no secret. */
  readonly id: string;
  /**
   * Whose rights the upstream grants for this secret, such as `service:signals`. Answers are cached by principal: two
   * callers share a cached answer only when the upstream would have given both the same.
   */
  readonly principal: string;
  readonly secret: string;
};

/**
 * Whether a principal is the facade's own service account. Any other is a person or a token of unknown rights, which the
 * tenant may revoke at any time without a trace that the facade sees.
 */
export const isServicePrincipal = (principal: string): boolean => principal.startsWith('service:');
