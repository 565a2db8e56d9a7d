/**
 * The ETag that the facade makes where the upstream sends none but its documents carry a version stamp: `"<version>~<hash>"`.
 * The stamp alone is not enough, not even in If-None-Match: a record's time of change and its included children change without it.
 * For If-Match of a write the stamp is enough, because the upstream compares only the stamp.
 */
import { createHash } from 'node:crypto';

/** Characters that a tag may contain (RFC 9110, 8.8.3), without the separator used here. */
const isTaggable = (version: string): boolean => /^[!#-}]{1,128}$/.test(version);

/** Undefined if there is no version that a tag may contain. */
export const ownTagOf = (version: string | undefined, body: Uint8Array): { readonly value: string } | undefined => {
  if (version === undefined || !isTaggable(version)) return undefined;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { value: `"${version}~${hash}"` };
};

/** The version in a tag of the facade's own, or in a bare version stamp, quoted or not. */
export const versionInTag = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '')
    .replace(/~[\w-]{16}$/, '');
