import { AppError } from '../../shared/errors/app-error.ts';

/**
 * The raw path below an upstream's base path, with its first slash.
 * @throws AppError ROUTE_UNKNOWN for a path that is elsewhere, such as one that the gateway matched after decoding it.
 */
export const belowBasePath = (path: string, basePath: string): string => {
  if (path === basePath) return '/';
  if (path.startsWith(`${basePath}/`)) return path.slice(basePath.length);
  throw new AppError('ROUTE_UNKNOWN', { detail: `Native operations live under ${basePath}/, spelled like this.` });
};
