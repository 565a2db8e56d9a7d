/** Who calls: a consumer of the facade, and the person it calls for. */
import * as z from 'zod';
import { credentialKinds } from './credential.ts';
import { QuotaProfile } from './quota-profile.ts';

export const scopePattern = /^([a-z][a-z0-9-]*\/)?(\*|[a-z][a-z-]*):(\*|read|write|delete|export)$/;

/**
 * `<group>:<kind>`, each of which may be `*`: `entities:read`, `*:read`, `*:*`. They are about the first upstream and the
 * facade's own routes; another upstream has a prefix: `tissuemaps/images:read`, `tissuemaps/*:*`. Only the form is checked, so that a record
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
 * Stands where the id of a consumer stands for what the facade does by itself. No consumer can have it: ids have no dots.
 * @param purpose such as `change-sweep`.
 */
export const ownIdOf = (purpose: string): string => `facade.${purpose}`;
export const isOwnId = (id: string): boolean => id.startsWith('facade.');

/** A client of an OpenID provider, by the names that its tokens carry. */
export const OidcClient = z.strictObject({
  /** The `iss` of its tokens, exactly. */
  issuer: z.string().regex(/^[!-~]{1,300}$/, 'an issuer is a URL'),
  /** What the claim that names the client says, `azp` or `client_id` as a rule. */
  clientId: z.string().regex(/^[!-~]{1,200}$/, 'a client id has 1 to 200 visible ASCII characters'),
});
export type OidcClient = z.infer<typeof OidcClient>;

export const Consumer = z.object({
  id: ConsumerId,
  scopes: z.array(Scope).max(100),
  /** A suspended consumer keeps its record and is refused. */
  state: z.enum(['active', 'suspended']),
  contact: z.string().max(200).optional(),
  /** Priority, weight and caps; without it the defaults of quota-profile.ts. */
  quota: QuotaProfile.optional(),
  /** As whom its calls may go upstream, the first that is at hand; without it as the service. */
  actsAs: z.array(z.enum(credentialKinds)).min(1).max(credentialKinds.length).optional(),
  /**
   * What becomes of a call for a person who has no living link: `refuse` (the default), or `service`, which lets it go as the
   * service account where `actsAs` has that too.
   */
  withoutLink: z.enum(['refuse', 'service']).optional(),
  /** Operations, as scopes, that must carry a person's name in the tenant: refused when only the service key is at hand. */
  userAttributed: z.array(Scope).max(100).optional(),
  /** The client whose tokens identify it, beside its keys. */
  oidc: OidcClient.optional(),
  /** Which of all consumers that ever had this id: given at creation, never changed and never shown. None in old records. */
  incarnation: z.string().max(100).optional(),
});
export type Consumer = z.infer<typeof Consumer>;

/** Who calls: a consumer, and the person it calls for where it names one. */
export type Caller = {
  readonly consumer: Consumer;
  /** The consumer's own name for the person, unique within the consumer; undefined = the application itself calls. */
  readonly subject?: string | undefined;
  /** A token of the upstream that the caller itself sent. */
  readonly bearer?: string | undefined;
};
