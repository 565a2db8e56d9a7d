/** Where the pages of a link lead the person back to: an address that the consumer's record lists, or the facade's own page /me. */
import type { TokenHolder } from '../credentials/credential.ts';
import { AppError } from '../errors/app-error.ts';

/** Compared as whole texts: an origin, prefix or pattern that leaves a part open would be an open redirect. */
const isAllowed = (returnUrl: string, { returnUrls = [] }: TokenHolder, publicUrl: string): boolean =>
  returnUrl === `${publicUrl}/me` || returnUrls.includes(returnUrl);

/** @throws AppError REQUEST_INVALID for an address that is not listed. */
export const checkReturnUrl = (returnUrl: string | undefined, holder: TokenHolder, publicUrl: string): void => {
  if (returnUrl === undefined || isAllowed(returnUrl, holder, publicUrl)) return;
  throw new AppError('REQUEST_INVALID', {
    detail: `returnUrl must be one of the returnUrls of ${holder.id}, character by character. An administrator of the consumers can add it.`,
    source: { pointer: '/data/attributes/returnUrl' },
  });
};

/** The address, if it is still allowed by the record as last written. */
export const returnUrlFor = (
  { returnUrl }: { readonly returnUrl?: string | undefined },
  holder: TokenHolder,
  publicUrl: string,
): string | undefined => (returnUrl !== undefined && isAllowed(returnUrl, holder, publicUrl) ? returnUrl : undefined);
