/** Port: the values of the headers by which mirrors know pushes, sealed. */
import type { Sealed } from '../credentials/envelope.ts';

export interface MirrorHeaderStore {
  /** Undefined while an operator has set none for this host. */
  read(mirror: string, host: string): Promise<Sealed | undefined>;
  write(mirror: string, host: string, sealed: Sealed): Promise<void>;
}

/** The partition of a mirror's items in the table of notifications. @param mirror its name; `*` in the rights of a function. */
export const mirrorPartition = (mirror: string): string => `MIRROR#${mirror}`;

/** What the value of a mirror is sealed for: whoever changes the address in the settings is not given the secret of the host before. */
export const mirrorRecord = (mirror: string, host: string): string => `mirror/${mirror}/${host}`;
