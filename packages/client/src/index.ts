/** @signals-facade/client: a typed client of signals-facade. */
export { type ClientOptions, createFacadeClient, type FacadeClient } from './client.ts';
export type { Clock } from './clock.ts';
export {
  type Export,
  ExportError,
  type ExportFile,
  type ExportOptions,
  type ExportWish,
  type FinishedExport,
} from './exports.ts';
export { type ErrorObject, FacadeError } from './facade-error.ts';
export type { components, operations, paths } from './openapi.ts';
export type { RetryPolicy } from './retry.ts';
export type { NewUpload, PutUpload } from './uploads.ts';
