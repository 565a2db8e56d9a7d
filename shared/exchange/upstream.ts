/**
 * An upstream as one record of facts and rules. A second upstream is a second record. A record states only what its upstream has; an
 * absent member has the safe meaning.
 */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Operation } from '../catalogue/operation.ts';
import type { CacheRules } from './cache-rules.ts';
import type { CredentialKind } from './credential.ts';
import type { UpstreamAnswer } from './transport.ts';

/** How a write names the version that it is based on. */
type Condition = {
  /** The query parameter that carries the version. */
  readonly parameter: string;
  /** Parameters with which a caller skips the comparison of versions. */
  readonly yieldsTo: readonly string[];
};

/** An account or a person of the upstream. */
export type Account = { readonly id: string; readonly email?: string | undefined };

/** The cheapest call that shows who owns a credential. */
type WhoAmI = {
  /** Path and query below the base path. */
  readonly path: string;
  /** @param document parsed JSON of any shape. Undefined = the document names no account. */
  readonly read: (document: unknown) => Account | undefined;
};

export type Upstream = {
  /** Short name, as in credentials, metrics and logs: `signals`. */
  readonly name: string;
  /** `https://snb.example.com`, without a path. */
  readonly origin: string;
  /** `/api/rest/v1.0`: the same path there and on the facade. */
  readonly basePath: string;
  readonly catalogue: Catalogue;
  /** The header that carries the credential, such as `x-api-key`. */
  readonly authenticate: (secret: string, kind: CredentialKind) => readonly [name: string, value: string];
  /** Headers that carry credentials, of consumers for the facade or of the facade for the upstream: callers' ones never
   * travel on, the upstream's own never come back. */
  readonly credentialHeaders: readonly string[];
  /** Request headers that travel besides those of forwarded-headers.ts. */
  readonly addedHeaders?: readonly string[];
  /** True if documents contain absolute URLs in `links` members. */
  readonly hasLinks: boolean;
  /** Documents that decode to more have no links rewritten. */
  readonly mostDecodedBytes?: number;
  /** The media type of documents, which the facade's own reads also ask for; absent = JSON. */
  readonly mediaType?: string;
  /** Absent = writes carry no version, and If-Match travels as it is. */
  readonly condition?: Condition;
  /** Whether an answer says that the credential is not valid, and nothing was carried out. Absent = each 401 does. */
  readonly refusesCredential?: (answer: Pick<UpstreamAnswer, 'status' | 'headers'>) => boolean;
  /** Whether a 429 to this operation says that the budget is spent. Absent = each does. */
  readonly spendsQuota?: (operation: Pick<Operation, 'method' | 'path'>) => boolean;
  /** Absent = the owner of a credential cannot be found out. */
  readonly whoAmI?: WhoAmI;
  /** The id of what a write has created, in its parsed answer. Absent = answers are not searched for an id. */
  readonly createdId?: (document: unknown) => string | undefined;
  /** Absent = cache/plain-rules.ts: each write purges the whole cache of the upstream. */
  readonly cache?: CacheRules;
};
