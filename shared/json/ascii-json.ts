/** JSON in ASCII: SQS refuses U+FFFE and U+FFFF, which JSON.stringify leaves raw (API reference, SendMessage). */
export const toAsciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
