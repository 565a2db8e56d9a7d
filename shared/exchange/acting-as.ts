/** `X-Acting-As`: as whom the facade has called the upstream for an answer. */

import { AppError, withHeaders } from '../errors/app-error.ts';
import type { Headers } from '../http/headers.ts';
import { type CredentialKind, credentialKinds } from './credential.ts';

const actingAsHeader = 'x-acting-as';

/** No header before a credential is chosen. */
export const actingAsFields = (actedAs: CredentialKind | undefined): Headers =>
  actedAs === undefined ? [] : [[actingAsHeader, actedAs]];

/** As whom a failed call was made; undefined if the failure does not say. */
export const actedAsOf = ({ facts }: AppError): CredentialKind | undefined =>
  credentialKinds.find((kind) => facts.headers?.some(([name, value]) => name === actingAsHeader && value === kind));

/** The same failure with `X-Acting-As`. Any other error becomes INTERNAL. */
export const failedAs = (actedAs: CredentialKind | undefined, error: unknown): unknown => {
  if (actedAs === undefined) return error;
  const known = error instanceof AppError ? error : new AppError('INTERNAL', { cause: error });
  return withHeaders(known, actingAsFields(actedAs));
};
