/** What the pipeline knows of an upstream: a table of facts and no code of its own, so that a second one is a second table. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CredentialKind } from './credential.ts';

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
};
