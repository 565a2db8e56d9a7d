/** Header fields as they stand on the wire. */

/** Names and values as they stand on the wire; a name may occur several times. Names are in lower case. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** One value of a header; undefined when it is absent. The first wins where it occurs several times. */
export const headerValue = (headers: Headers, name: string): string | undefined =>
  headers.find(([candidate]) => candidate === name)?.[1];
