/** The signatures that a stage may choose (RFC 7518 section 3, RFC 8037 section 3.1). */
export const algorithmNames = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type AlgorithmName = (typeof algorithmNames)[number];
