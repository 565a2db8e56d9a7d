/** What the facade presents to an upstream, and `X-Acting-As`: what it has presented for an answer. */
import { AppError, withHeaders } from '../errors/app-error.ts';
import type { Headers } from '../http/headers.ts';

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

const actingAsHeader = 'x-acting-as';

/** No header before a credential is chosen. */
export const actingAsFields = (actedAs: CredentialKind | undefined): Headers =>
  actedAs === undefined ? [] : [[actingAsHeader, actedAs]];

/** As whom a failed call was made; undefined if the failure does not say. */
export const actedAsOf = ({ facts }: AppError): CredentialKind | undefined =>
  credentialKinds.find((kind) => facts.headers?.some(([name, value]) => name === actingAsHeader && value === kind));

/** The same failure with this `X-Acting-As`, also where it has another. Any other error becomes INTERNAL. */
export const failedInAllAs = (actedAs: CredentialKind | undefined, error: unknown): unknown => {
  if (actedAs === undefined) return error;
  const known = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
  return withHeaders(known, actingAsFields(actedAs));
};

/** As `failedInAllAs`, unless the failure has an `X-Acting-As`. */
export const failedAs = (actedAs: CredentialKind | undefined, error: unknown): unknown =>
  error instanceof AppError && actedAsOf(error) !== undefined ? error : failedInAllAs(actedAs, error);
