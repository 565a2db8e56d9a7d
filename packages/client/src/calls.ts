/** What a call takes and gives, by the operation of the OpenAPI document. */
import type { FetchOptions, ParseAs, ParseAsResponse } from 'openapi-fetch';
import type {
  FilterKeys,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  RequiredKeysOf,
  ResponseObjectMap,
  SuccessResponse,
} from 'openapi-typescript-helpers';
import type { paths } from './openapi.ts';

export type Method = Extract<HttpMethod, 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head'>;
export type PathOf<M extends Method> = PathsWithMethod<paths, M>;

/** Not generic in itself, so that the compiler finds misspelt members of a body. */
type Init<P extends keyof paths, M extends Method> = FetchOptions<FilterKeys<paths[P], M>>;

type Arguments<Options> = RequiredKeysOf<Options> extends never ? readonly [init?: Options] : readonly [init: Options];
export type ArgumentsOf<P extends keyof paths, M extends Method, As extends ParseAs = ParseAs> = Arguments<
  Omit<Init<P, M>, 'parseAs'> & { readonly parseAs?: As }
>;

type Operation<P extends keyof paths, M extends Method> = FilterKeys<paths[P], M>;
type Success<O> = O extends Record<string | number, unknown> ? SuccessResponse<ResponseObjectMap<O>, MediaType> : never;
/** What a success brings. */
type DataOf<P extends keyof paths, M extends Method, As extends ParseAs = 'json'> = ParseAsResponse<
  Success<Operation<P, M>>,
  { parseAs: As }
>;

/** @throws FacadeError for an answer that is no success. */
export type Call<M extends Method> = <P extends PathOf<M>, As extends ParseAs = 'json'>(
  path: P,
  ...init: ArgumentsOf<P, M, As>
) => Promise<{ readonly data: DataOf<P, M, As>; readonly response: Response }>;

/** One of a list. */
export type ItemOf<P extends PathOf<'get'>> =
  DataOf<P, 'get'> extends { readonly data: readonly (infer Item)[] } ? Item : never;
