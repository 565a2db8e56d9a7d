/** Who calls: a consumer of the facade, and the person it calls for. */
import * as z from 'zod';
import { isReturnUrl } from '../http/return-url.ts';
import { isSingleLine } from '../http/single-line.ts';
import { credentialKinds } from './credential.ts';
import { QuotaProfile } from './quota-profile.ts';

export const scopePattern = /^([a-z][a-z0-9-]*\/)?(\*|[a-z][a-z-]*):(\*|read|write|delete|export)$/;

/**
 * `<group>:<kind>`, each of which may be `*`: `entities:read`, `*:read`, `*:*`. They apply to the first upstream and the
 * facade's own routes. Another upstream has a prefix: `tissuemaps/images:read`, `tissuemaps/*:*`. Only the form is checked, so that a record
 * stays readable when its group leaves the catalogue; scope-catalogue.ts knows the groups.
 */
export const Scope = z.string().regex(scopePattern, 'a scope reads <group>:<kind>, such as entities:read or *:*');

export const ConsumerId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'an id has 1 to 63 lower-case letters, digits and dashes and starts with no dash',
  );

/**
 * Used instead of a consumer's id for the facade's own calls. No consumer can have it, because ids have no dots.
 * @param purpose such as `change-sweep`.
 */
export const ownIdOf = (purpose: string): string => `facade.${purpose}`;
/** The id of the facade itself for a purpose, as figures and the audit log have it. */
export const OwnId = z
  .string()
  .regex(/^facade\.[a-z][a-z-]{0,56}$/, 'is neither the id of a consumer nor one of the facade');
export const isOwnId = (id: string): boolean => id.startsWith('facade.');

/** A client of an OpenID provider, by the names that its tokens carry. */
export const OidcClient = z.strictObject({
  /** The `iss` of its tokens, exactly. */
  issuer: z.string().regex(/^[!-~]{1,300}$/, 'an issuer is a URL'),
  /** Value of the claim that names the client, usually `azp` or `client_id`. */
  clientId: z.string().regex(/^[!-~]{1,200}$/, 'a client id has 1 to 200 visible ASCII characters'),
});
export type OidcClient = z.infer<typeof OidcClient>;

/** No invisible characters, which could reorder or hide what a page shows beside it. */
const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => isSingleLine(text) && !/\p{Cf}/u.test(text), 'must be one line without invisible characters');

const ReturnUrls = z
  .array(
    z
      .string()
      .max(500)
      .refine(isReturnUrl, 'must be an https URL with a path, in its normal spelling, without query and fragment'),
  )
  .max(10);

export const Consumer = z.object({
  id: ConsumerId,
  scopes: z.array(Scope).max(100),
  /** A suspended consumer keeps its record and is refused. */
  state: z.enum(['active', 'suspended']),
  contact: z.string().max(200).optional(),
  /** What people call it, on the page where they link a token. */
  displayName: DisplayName.optional(),
  /** Addresses to which that page may lead back, compared as whole texts. */
  returnUrls: ReturnUrls.optional(),
  /** Priority, weight and caps; without it the defaults of quota-profile.ts. */
  quota: QuotaProfile.optional(),
  /** As whom its calls may go upstream: the first that is available. Absent = as the service. */
  actsAs: z.array(z.enum(credentialKinds)).min(1).max(credentialKinds.length).optional(),
  /**
   * How a call for a person without a living link is handled: `refuse` (the default), or `service`, which sends it as the service
   * account if `actsAs` includes that.
   */
  withoutLink: z.enum(['refuse', 'service']).optional(),
  /** Operations, as scopes, that must run as a person in the tenant. They are refused if only the service key is available. */
  userAttributed: z.array(Scope).max(100).optional(),
  /** The client whose tokens identify the consumer, in addition to its keys. */
  oidc: OidcClient.optional(),
  /** Which of all consumers that ever had this id: given at creation, never changed and never shown. None in old records. */
  incarnation: z.string().max(100).optional(),
});
export type Consumer = z.infer<typeof Consumer>;

/** Who calls: a consumer, and the person it calls for, if any. */
export type Caller = {
  readonly consumer: Consumer;
  /** Id of the key that it sent; undefined = a token identified it. */
  readonly keyId?: string | undefined;
  /** When that key expires; undefined = never. */
  readonly keyExpiresAtMillis?: number | undefined;
  /** The consumer's own name for the person, unique within the consumer; undefined = the application itself calls. */
  readonly subject?: string | undefined;
  /** A token of the upstream that the caller itself sent. */
  readonly bearer?: string | undefined;
};
