import { randomInt } from 'node:crypto';

const characters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `<prefix>-` and 16 random characters of a-z and 0-9: 82 bits, fit for the name of a queue. */
export const createId = (prefix: string): string =>
  `${prefix}-${Array.from({ length: 16 }, () => characters[randomInt(characters.length)]).join('')}`;
