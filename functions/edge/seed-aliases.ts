/** Requests that API Gateway sends here below the base path of the tenant, as requests for the routes of the same name. */
import { belowBasePath, isBelow } from '../../shared/pipeline/native-path.ts';
import type { Handle } from './http-handler.ts';

/** @param basePath of the tenant. */
export const withSeedAliases =
  (basePath: string, handle: Handle): Handle =>
  (request, facts) =>
    handle(
      isBelow(request.path, basePath) ? { ...request, path: `/v1${belowBasePath(request.path, basePath)}` } : request,
      facts,
    );
