/** The environments of the functions of the archive. */
import * as z from 'zod';
import { variables } from '../../shared/config/names.ts';
import { archiveStores, archiveTable, NativeEnv } from './env.ts';
import { EventsEnv } from './notification-env.ts';

/** What the function of /v1/archive needs. */
export const ArchiveEnv = NativeEnv.extend(archiveStores);
export type ArchiveEnv = z.infer<typeof ArchiveEnv>;

/** What the function that takes orders for the archive needs. */
export const ArchiverEnv = EventsEnv.extend({ ...archiveTable, [variables.jobsFunction]: z.string().min(1) });
export type ArchiverEnv = z.infer<typeof ArchiverEnv>;
