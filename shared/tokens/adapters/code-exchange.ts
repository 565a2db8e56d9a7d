/** The token endpoint of an upstream (RFC 6749, 4.1.3 with RFC 7636, 4.5), asked through the common transport. */
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { UpstreamTransport } from '../../exchange/transport.ts';
import { readUpTo } from '../../streams/read-up-to.ts';
import type { ExchangeCode, OAuthSettings } from '../oauth.ts';

const mostMillis = 15_000;
const mostAnswerBytes = 65_536;

const Answer = z.object({ access_token: z.string().min(1) });

const tokenIn = (text: string): string => {
  try {
    return Answer.parse(JSON.parse(text)).access_token;
  } catch {
    // The cause would show the answer, which may hold a token.
    throw new AppError('UPSTREAM_UNREADABLE', { detail: 'The token endpoint gave no token that can be read.' });
  }
};

/** It is outside the API and counts in no quota of it. */
export const createCodeExchange =
  (settings: OAuthSettings, transport: UpstreamTransport): ExchangeCode =>
  async (code, verifier, redirectUri) => {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: settings.clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
    const answer = await transport.send({
      origin: settings.origin,
      method: 'POST',
      target: settings.tokenPath,
      headers: [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['accept', 'application/json'],
      ],
      body: Buffer.from(form.toString()),
      firstByteMillis: mostMillis,
      answerByMillis: Date.now() + mostMillis,
    });
    const body = await readUpTo(answer.body, mostAnswerBytes);
    if (!body) throw new AppError('UPSTREAM_UNREADABLE');
    if (answer.status === 200) return tokenIn(body.toString('utf8'));
    const detail = `The tenant did not exchange the code (status ${answer.status}). Start again with a new link.`;
    throw new AppError(answer.status >= 500 ? 'UPSTREAM_UNREACHABLE' : 'LINK_REFUSED', { detail });
  };
