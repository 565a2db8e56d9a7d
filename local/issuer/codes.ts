/** Codes of the sign-in page, each good once for a minute. */
import { randomBytes } from 'node:crypto';

export type Grant = {
  readonly clientId: string;
  readonly redirectUri: string;
  /** S256 of the verifier (RFC 7636). */
  readonly challenge: string;
  readonly username: string;
  readonly scope: string;
  readonly nonce?: string | undefined;
};

const lifeMillis = 60_000;
const mostCodes = 1_000;

export const createCodes = () => {
  const open = new Map<string, Grant & { readonly untilMillis: number }>();
  return {
    issue(grant: Grant, nowMillis: number): string {
      const code = randomBytes(24).toString('base64url');
      open.set(code, { ...grant, untilMillis: nowMillis + lifeMillis });
      for (const oldest of [...open.keys()].slice(0, Math.max(0, open.size - mostCodes))) open.delete(oldest);
      return code;
    },
    /** Undefined for a code that is unknown, was taken, or is too old. */
    take(code: string, nowMillis: number): Grant | undefined {
      const found = open.get(code);
      open.delete(code);
      return found && found.untilMillis > nowMillis ? found : undefined;
    },
  };
};
export type Codes = ReturnType<typeof createCodes>;
