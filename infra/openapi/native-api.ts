/** What the OpenAPI document says about an upstream's native surface: the catalogue's rows plus words and schemas, as data. */
import type { DocumentedOperation, Operation } from '../../shared/catalogue/operation.ts';

/** A JSON Schema, or any other piece of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

export type ParameterFacts = {
  readonly description: string;
  readonly schema: Json;
  readonly required?: boolean;
  readonly example?: unknown;
};

export type BodyFacts = {
  readonly mediaTypes: readonly string[];
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  /** Component that describes the body; `file` is raw bytes. */
  readonly schema: string;
};

export type AnswerFacts = {
  /** `2XX` where no source states which one. */
  readonly status: number | '2XX';
  /** Empty = no body. */
  readonly mediaTypes: readonly string[];
  /** Components that describe it, one or another; none for raw bytes. */
  readonly schemas: readonly string[];
};

/** This type holds everything that is specific to Signals or to a later upstream. */
export type NativeApi = {
  /** As in scopes; absent for the first upstream. It also keeps the names of operations and components apart. */
  readonly scopePrefix?: string;
  readonly basePath: string;
  readonly operations: readonly DocumentedOperation[];
  /** What each group of the catalogue is about. */
  readonly groups: Readonly<Record<string, string>>;
  readonly pathParameter: (operation: Operation, name: string) => ParameterFacts;
  /** Parameters that mean the same in every operation, by name. They become shared components. */
  readonly sharedQuery: Readonly<Record<string, ParameterFacts>>;
  /** The facts of one operation where they differ from the shared ones or are nowhere shared. */
  readonly queryParameter: (operation: Operation, name: string) => ParameterFacts | undefined;
  readonly body: (operation: Operation) => BodyFacts | undefined;
  readonly answer: (operation: Operation) => AnswerFacts;
  /** Sentences that an operation needs in addition to its summary, such as the entity whose digest it takes, and warnings. */
  readonly notes: (operation: Operation) => readonly string[];
  /** Components that bodies, answers and errors name. No other upstream may have one of the same name. */
  readonly schemas: Readonly<Record<string, Json>>;
  /** The form of the upstream's own errors. */
  readonly error: { readonly mediaType: string; readonly schema: string };
};

/** `Slides` for the prefix `slides`; empty for the first upstream. */
export const namePrefixOf = ({ scopePrefix = '' }: Pick<NativeApi, 'scopePrefix'>): string =>
  scopePrefix.replace(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_match, first: string) => first.toUpperCase());

/** `GET /entities/{eid}`: how the tables of facts name an operation. */
export const nameOf = (operation: Pick<Operation, 'method' | 'path'>): string =>
  `${operation.method} ${operation.path}`;
