/** Tokens of the server: JSON Web Tokens that expire by the simulator's clock, and the flat errors about them. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { tokenTrouble } from '../http/refusals.ts';
import type { User } from '../world/model.ts';
import type { World } from '../world/world.ts';

const leewaySeconds = 10;

export const issueToken = ({ clock, secret, tokenSeconds }: World, { id, name }: User): Promise<string> => {
  const nowSeconds = Math.floor(clock.nowMillis() / 1000);
  return new SignJWT({ uid: id, uname: name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + tokenSeconds)
    .sign(secret);
};

/** The token in a header `JWT <token>`. @throws Refusal 401 */
const tokenIn = (header: string | undefined): string => {
  if (header === undefined)
    throw tokenTrouble('Authorization Required', 'Request does not contain an access token', {
      'www-authenticate': 'JWT realm="Login Required"',
    });
  const [scheme = '', token, ...rest] = header.trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'jwt') throw tokenTrouble('Invalid JWT header', 'Unsupported authorization type');
  if (token === undefined) throw tokenTrouble('Invalid JWT header', 'Token missing');
  if (rest.length > 0) throw tokenTrouble('Invalid JWT header', 'Token contains spaces');
  return token;
};

const readClaims = async (token: string, { clock, secret }: World): Promise<unknown> => {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      clockTolerance: leewaySeconds,
      currentDate: new Date(clock.nowMillis()),
    });
    return payload.uid;
  } catch (cause) {
    const isExpired = cause instanceof errors.JWTExpired;
    throw tokenTrouble('Invalid token', isExpired ? 'Signature has expired' : 'Signature verification failed');
  }
};

/** @throws Refusal 401 */
export const userOfToken = async (header: string | undefined, world: World): Promise<User> => {
  const uid = await readClaims(tokenIn(header), world);
  const user = world.users.find(({ id }) => id === uid);
  if (user === undefined) throw tokenTrouble('Invalid JWT', 'User does not exist');
  return user;
};
