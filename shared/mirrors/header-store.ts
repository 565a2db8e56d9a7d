/** Port: the values of the headers by which mirrors know pushes, sealed. */
import type { Sealed } from '../credentials/envelope.ts';

export interface MirrorHeaderStore {
  /** Undefined while an operator has set none. */
  read(mirror: string): Promise<Sealed | undefined>;
  write(mirror: string, sealed: Sealed): Promise<void>;
}

/** What the value of a mirror is sealed for; the functions' right to open it names this. */
export const mirrorRecord = (mirror: string): string => `mirror/${mirror}`;
