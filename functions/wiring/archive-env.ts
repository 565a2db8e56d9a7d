/** The environments of the functions of the archive. */
import * as z from 'zod';
import { variables } from '../../shared/config/names.ts';
import { ArchiveLock, archiveSeal, archiveStores, archiveTable, everyFunction, NativeEnv, text } from './env.ts';
import { EventsEnv } from './notification-env.ts';

/** What the function of /v1/archive needs. */
export const ArchiveEnv = NativeEnv.extend({ ...archiveStores, [variables.archiveLock]: ArchiveLock });
export type ArchiveEnv = z.infer<typeof ArchiveEnv>;

/** What the function that takes orders for the archive needs. */
export const ArchiverEnv = EventsEnv.extend({ ...archiveTable, [variables.jobsFunction]: z.string().min(1) });
export type ArchiverEnv = z.infer<typeof ArchiverEnv>;

/** What the function that verifies the archive needs. */
export const VerifierEnv = z.object({
  ...everyFunction,
  ...archiveStores,
  [variables.archiveSigningKey]: z.string().min(1),
  [variables.archiveVerifyDays]: z.coerce.number().int().min(1),
});
export type VerifierEnv = z.infer<typeof VerifierEnv>;

/** What the function that sets legal holds needs. */
export const HolderEnv = z.object({ ...everyFunction, ...archiveStores });
export type HolderEnv = z.infer<typeof HolderEnv>;

/** What the function that seals the audit log needs. */
export const SealerEnv = z.object({ ...everyFunction, ...archiveSeal, [variables.auditTable]: text });
export type SealerEnv = z.infer<typeof SealerEnv>;
