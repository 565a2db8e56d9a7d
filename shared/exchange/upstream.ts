/**
 * What the facade knows of an upstream, in one record: facts, and rules where facts do not do. A second upstream is a second
 * record. Only what the upstream has needs to be stated: what is absent gets the safe reading.
 */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Operation } from '../catalogue/operation.ts';
import type { CacheRules } from './cache-rules.ts';
import type { CredentialKind } from './credential.ts';
import type { UpstreamAnswer } from './transport.ts';

/** How a write says which version it was made from. */
type Condition = {
  /** The query parameter that carries the version. */
  readonly parameter: string;
  /** Parameters by which a caller decides without a version. */
  readonly yieldsTo: readonly string[];
};

/** An account or a person of the upstream. */
export type Account = { readonly id: string; readonly email?: string | undefined };

/** The cheapest call that says whose a credential is. */
type WhoAmI = {
  /** Path and query below the base path. */
  readonly path: string;
  /** @param document parsed JSON of any shape. Undefined = it names nobody. */
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
  /** True where documents carry absolute URLs under `links` members. */
  readonly hasLinks: boolean;
  /** Documents that decode to more have no links rewritten. */
  readonly mostDecodedBytes?: number;
  /** The media type that says document, whatever the operation is known for, and that the facade's own reads ask for; absent = JSON. */
  readonly mediaType?: string;
  /** Absent = writes carry no version, and If-Match travels as it is. */
  readonly condition?: Condition;
  /** Whether an answer says that the credential is not valid, and nothing was carried out. Absent = each 401 does. */
  readonly refusesCredential?: (answer: Pick<UpstreamAnswer, 'status' | 'headers'>) => boolean;
  /** Whether a 429 to this operation says that the budget is spent. Absent = each does. */
  readonly spendsQuota?: (operation: Pick<Operation, 'method' | 'path'>) => boolean;
  /** Absent = nobody can be asked whose a credential is. */
  readonly whoAmI?: WhoAmI;
  /** The id of what a write has created, in its parsed answer. Absent = the answer is not looked into. */
  readonly createdId?: (document: unknown) => string | undefined;
  /** Absent = cache/plain-rules.ts: each write ends everything that is kept. */
  readonly cache?: CacheRules;
};
