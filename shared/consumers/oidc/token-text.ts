/** Parses the text of a JSON Web Token (RFC 7515 section 7.1), before its signature is checked. */
import { isUtf8 } from 'node:buffer';
import * as z from 'zod';
import { parseShallow } from '../../json/nesting.ts';
import { algorithmNames } from './algorithms.ts';

/** Below what the gateway lets through in all headers together. */
const longestTokenCharacters = 8_192;
/** A key inside the token (`jwk`, `jku`, `x5c`, …) is ignored, because a forger would sign the token with that key. */
const Header = z.object({
  alg: z.enum(algorithmNames),
  kid: z.string().max(300).optional(),
  typ: z
    .string()
    .regex(/^(application\/)?(at\+)?jwt$/i)
    .optional(),
  // The token has a critical extension, and none is supported.
  crit: z.undefined().optional(),
});

const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  sub: z.string().min(1).max(1_000).optional(),
});
export type Claims = z.infer<typeof Claims>;

/** Claims of real providers nest about 5 levels. The token is not yet verified when it is parsed. */
const mostLevels = 32;

const parsePart = <Schema extends z.ZodType>(part: string, schema: Schema): z.infer<Schema> | undefined => {
  try {
    const bytes = Buffer.from(part, 'base64url');
    if (!isUtf8(bytes)) return undefined;
    return schema.safeParse(parseShallow(bytes, mostLevels)).data;
  } catch {
    return undefined;
  }
};

/** One token has one text: no padding, no white space, and no bits in the last letter that stand for nothing. */
const isCanonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part;

/** What a token says of itself; undefined for no token, and a part is undefined where it has not the form of one. */
export const readToken = (token: string) => {
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)?.slice(1);
  if (token.length > longestTokenCharacters || !parts?.every(isCanonical)) return undefined;
  const [header = '', claims = ''] = parts;
  return { header: parsePart(header, Header), claims: parsePart(claims, Claims) };
};
