/** Uuids that depend on a name alone, for ids that are the same in every container (client-shapes, section 8). */
import { createHash } from 'node:crypto';

/** RFC 9562, version 5, without a name space of its own. */
export const nameUuid = (name: string): string => {
  const hex = createHash('sha1').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
