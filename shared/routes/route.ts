/**
 * One definition for each of the facade's own routes: plain data and zod. API Gateway's routes, dispatch,
 * authorisation, validation, audit, idempotency, the OpenAPI document and the table of routes in the documents are
 * derived from it.
 */
import type * as z from 'zod';
import type { ScopeKind } from '../catalogue/operation.ts';
import type { ErrorCode } from '../errors/catalogue.ts';

type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: consumers with a scope, every known consumer, or everybody without a key. */
type Access = `${string}:${ScopeKind}` | 'any-consumer' | 'everybody';

/** An answer without a body. */
export const nothing = { kind: 'nothing' } as const;
/**
 * An answer that is not a JSON:API document, such as a page. `description` describes it, `schema` is the schema of its
 * JSON.
 */
export const content = (mediaType: string, description: string, schema?: z.ZodType) =>
  ({ kind: 'content', mediaType, description, schema }) as const;
/** The upstream's own answer: status, headers and body. */
export const nativeAnswer = { kind: 'native' } as const;

type Plain = typeof nothing | ReturnType<typeof content> | typeof nativeAnswer;
/** What one status of a route means: a document, something else with a body, or codes of the error catalogue. */
export type AnswerOf = z.ZodType | Plain | ErrorCode | readonly ErrorCode[];

type Example = {
  readonly summary: string;
  /** Parameters of the path and of the query. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly value: unknown;
};

export type RouteDefinition = {
  /** Unique, fit for generated code: `createBooking`. */
  readonly id: string;
  readonly method: RouteMethod;
  /** Template: `/v1/quota/bookings/{bookingId}`. */
  readonly path: `/${string}`;
  /** The capability that owns it, which is also its tag in the OpenAPI document. */
  readonly capability: string;
  readonly scope: Access;
  /** A second scope that allows the route, and for whose holders it does more. */
  readonly adminScope?: `${string}:${ScopeKind}` | undefined;
  /** Reads the consumer's record instead of using the instance's memory. For every administrative act. */
  readonly fresh?: boolean;
  readonly summary: string;
  /** More than the summary, for callers: Markdown, for the OpenAPI document. */
  readonly description?: string;
  /** Parameters of the path, decoded; absent = each is any text. */
  readonly parameters?: z.ZodObject;
  /** Query parameters; a strict object. Other parameters are refused. Absent = the route has none. */
  readonly query?: z.ZodObject;
  /** Request headers that the route reads, by their names as documents spell them: `If-Match`. */
  readonly headers?: z.ZodObject;
  /** Schema of the JSON body; an optional schema makes the body optional. Absent = the route reads none. */
  readonly body?: z.ZodType;
  /** Media type of a body that the handler reads by itself, from its bytes; `body` says what it holds, absent = any bytes. */
  readonly bodyMediaType?: string;
  /** The largest body that the route takes; absent = 64 KiB. */
  readonly mostBodyBytes?: number;
  /** What to do with a larger one, for the refusal. */
  readonly forLargerBodies?: string;
  readonly answers: Readonly<Record<number, AnswerOf>>;
  /** Header fields of the answers that succeed, beyond those that each answer has: name and description. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Calls the tenant for the caller, so that answers and failures have `X-Acting-As`. A native answer says so by itself. */
  readonly callsTenant?: boolean;
  /** Name of the act in the audit log: `bookings.create`. */
  readonly audit?: string;
  /**
   * For a POST: `keep` replays the whole first answer; `forget` stores only its status, because the answer contains a
   * secret.
   */
  readonly idempotency?: 'keep' | 'forget';
  /** Query parameters besides `query` are allowed, because they are meant for the upstream. */
  readonly passesQuery?: boolean;
  readonly examples?: readonly Example[];
};

/** Keeps the literal types of a definition. */
export const route = <const Route extends RouteDefinition>(definition: Route): Route => definition;

type WithoutPlus<Name extends string> = Name extends `${infer Bare}+` ? Bare : Name;
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? WithoutPlus<Name> | NamesIn<Rest>
  : never;
/** Decoded parameters of the path, by the names in its template. */
export type PathOf<Route extends RouteDefinition> = Route['parameters'] extends z.ZodType
  ? z.output<Route['parameters']>
  : Readonly<Record<NamesIn<Route['path']>, string>>;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
export type QueryOf<Route extends RouteDefinition> = Parsed<Route['query']>;
export type HeadersOf<Route extends RouteDefinition> = Parsed<Route['headers']>;
export type BodyOf<Route extends RouteDefinition> = Parsed<Route['body']>;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
/** The document that a handler may answer with `status`. */
export type DocumentOf<
  Route extends RouteDefinition,
  Status extends number,
> = Route['answers'][Status] extends z.ZodType ? DeepReadonly<z.input<Route['answers'][Status]>> : never;

/** The names of the parameters in a template, in their order. */
export const parameterNamesOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name as string);

/** Whether a status of a route is a failure that the facade makes. */
export const isFailure = (answer: AnswerOf): answer is ErrorCode | readonly ErrorCode[] =>
  typeof answer === 'string' || Array.isArray(answer);
