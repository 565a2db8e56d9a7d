/** What the value of an outbound header is sealed for: whoever changes the address is not given the secret of the origin before. */
export const sealedFor = (kind: string, name: string, origin: string): string => `lists/${kind}/${name}/${origin}`;
