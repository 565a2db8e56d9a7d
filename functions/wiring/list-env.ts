/** The environment of the function of lists. Not in env.ts: only this function checks networks, for which it has a library. */
import type * as z from 'zod';
import { variables } from '../../shared/config/names.ts';
import { SourceNetworks } from '../../shared/lists/networks.ts';
import { AuditWriterEnv, CommonEnv, IdentityEnv, text } from './env.ts';

/** What the function of /lists, /sources and their administration needs. */
export const ListsEnv = CommonEnv.extend({
  ...IdentityEnv.shape,
  ...AuditWriterEnv.shape,
  [variables.listsTable]: text,
  [variables.listsBucket]: text,
  [variables.credentialsKey]: text,
  [variables.sourceNetworks]: SourceNetworks(true).default([]),
});
export type ListsEnv = z.infer<typeof ListsEnv>;
