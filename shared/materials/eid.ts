/**
 * The id `asset:<24 hex digits>` for itself or for its digits alone; undefined for a name. The tenant writes ids in lower case, and its
 * search compares them as text.
 */
export const eidOf = (kind: 'asset' | 'assetType', text: string): string | undefined => {
  const [, digits] = new RegExp(`^(?:${kind}:)?([0-9a-f]{24})$`, 'i').exec(text) ?? [];
  return digits === undefined ? undefined : `${kind}:${digits.toLowerCase()}`;
};
