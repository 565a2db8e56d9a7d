import { AppError } from '../../shared/errors/app-error.ts';

/** Whether a raw path is the base path or below it. */
export const isBelow = (path: string, basePath: string): boolean =>
  path === basePath || path.startsWith(`${basePath}/`);

/**
 * The raw path below an upstream's base path, with its first slash.
 * @throws AppError ROUTE_UNKNOWN for any other path, such as one that the gateway matched after decoding it.
 */
export const belowBasePath = (path: string, basePath: string): string => {
  if (isBelow(path, basePath)) return path.slice(basePath.length) || '/';
  throw new AppError('ROUTE_UNKNOWN', { detail: `Native operations live under ${basePath}/, spelled like this.` });
};
