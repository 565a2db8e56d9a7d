/** The OpenID providers whose tokens a stage takes, as configured. */
import * as z from 'zod';
import { isLoopback } from '../../http/loopback.ts';
import { algorithmNames } from './algorithms.ts';

/** Keys come over TLS; without it only from this machine. */
const isSafeUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
};

/** A URL that the issuer itself names: without TLS only when the issuer is configured without it, on this machine. */
export const mayLeadTo = (issuer: string, text: string): boolean =>
  isSafeUrl(text) && (text.startsWith('https:') || issuer.startsWith('http:'));

const safeUrl = z.string().max(300).refine(isSafeUrl, 'must be an https URL');

const OidcIssuer = z.strictObject({
  /** The `iss` of its tokens, exactly, with or without a slash at the end as the provider has it. */
  issuer: safeUrl,
  /** What the `aud` of a token for this facade names; one of several. */
  audience: z.union([z.string().min(1).max(300), z.array(z.string().min(1).max(300)).min(1).max(5)]),
  /** The claim that names the client; without it `azp`, then `client_id`. */
  clientClaim: z
    .string()
    .regex(/^[\w:./-]{1,100}$/)
    .optional(),
  /** Where its keys are; without it what its discovery document says. */
  jwksUrl: safeUrl.optional(),
  /** Signatures that count. Never a shared secret, never none. */
  algorithms: z.array(z.enum(algorithmNames)).min(1).default(['RS256', 'PS256', 'ES256']),
});
export type OidcIssuer = z.infer<typeof OidcIssuer>;

export const OidcIssuers = z
  .array(OidcIssuer)
  .max(10)
  .refine(
    (issuers) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length,
    'names an issuer twice: give it several audiences instead',
  );

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Issuers as the JSON text that an environment variable holds. */
export const OidcIssuersText = z.string().transform(parseJson).pipe(OidcIssuers);
