/** Identifies the consumer by the key or token of a request. Each instance remembers it for a short time. */
import { AppError, withHeaders } from '../errors/app-error.ts';
import { bearerChallenge } from '../errors/error-document.ts';
import type { Caller, Consumer } from '../exchange/consumer.ts';
import { fieldLines, type Headers } from '../http/headers.ts';
import type { Clock } from '../time/clock.ts';
import { type ConsumerRegistry, type FoundConsumer, hashKey, isAlive } from './consumer.ts';
import { isMistyped } from './key-format.ts';
import type { TokenVerifier } from './oidc/token-verifier.ts';
import { createRemembered } from './remembered.ts';
import { oidcPointer } from './store.ts';

/** Longer than any key that the facade issues; a longer header is no key. */
const longestKeyCharacters = 512;

const unknown = (detail: string): AppError => new AppError('CONSUMER_UNKNOWN', { detail });

const subjectHeader = 'x-on-behalf-of';

/** The token of the only `Authorization: Bearer`; undefined if there is none or another scheme. */
const readBearer = (headers: Headers): string | undefined => {
  const values = fieldLines(headers, 'authorization');
  const [value = ''] = values;
  return values.length === 1 ? /^Bearer +([\w.~+/=-]{1,8192})$/i.exec(value)?.[1] : undefined;
};

/**
 * The person that a consumer calls for, by the consumer's own name: 1 to 128 visible ASCII characters.
 * @throws AppError SUBJECT_REFUSED if the consumer may not; REQUEST_INVALID for anything but one such name.
 */
const readSubject = (headers: Headers, consumer: Consumer): string | undefined => {
  const values = fieldLines(headers, subjectHeader);
  if (values.length === 0) return undefined;
  const source = { header: 'X-On-Behalf-Of' };
  if (!consumer.actsAs?.includes('user')) {
    throw new AppError('SUBJECT_REFUSED', {
      detail: `${consumer.id} may not call for a person: its actsAs has no user. Ask an administrator of the consumers to add it.`,
      source,
    });
  }
  const [subject = ''] = values;
  if (values.length === 1 && /^[\x21-\x7e]{1,128}$/.test(subject)) return subject;
  throw new AppError('REQUEST_INVALID', {
    detail: 'X-On-Behalf-Of holds one name of 1 to 128 visible ASCII characters.',
    source,
  });
};

type Identification = {
  /** Ignores what this instance remembers and reads the record. For acts that change what others may do. */
  readonly fresh?: boolean;
};

/** @param tokens checks tokens of trusted issuers; without it only keys count. */
export const createIdentifier = (registry: ConsumerRegistry, clock: Clock, tokens?: TokenVerifier) => {
  const remembered = createRemembered(clock);

  const isUsable = (found: FoundConsumer | undefined): found is FoundConsumer =>
    found?.consumer.state === 'active' && isAlive(found, clock.nowMillis());

  const byKey = async (key: string, headers: Headers, fresh: boolean): Promise<Caller> => {
    const hash = hashKey(key);
    const lookUp = async (): Promise<FoundConsumer | undefined> => {
      if (!isMistyped(key)) return registry.findByKeyHash(hash);
      throw unknown(
        'The key in x-api-key was mistyped or damaged: its last six characters do not fit the others. Copy it again.',
      );
    };
    const found = key.length > longestKeyCharacters ? undefined : await remembered.get(hash, lookUp, fresh);
    if (!isUsable(found)) {
      throw unknown(
        'The key in x-api-key is not valid here. Facade keys come from the team that runs the facade; a key of the tenant itself does not work.',
      );
    }
    const { consumer, keyId, expiresAtMillis } = found;
    const subject = readSubject(headers, consumer);
    const bearer = consumer.actsAs?.includes('bearer') ? readBearer(headers) : undefined;
    return {
      consumer,
      ...(keyId === undefined ? {} : { keyId }),
      ...(expiresAtMillis === undefined ? {} : { keyExpiresAtMillis: expiresAtMillis }),
      ...(subject === undefined ? {} : { subject }),
      ...(bearer === undefined ? {} : { bearer }),
    };
  };

  const byToken = async (verifier: TokenVerifier, token: string, headers: Headers, fresh: boolean): Promise<Caller> => {
    const { client, subject } = await verifier.verify(token);
    const found = await remembered.get(oidcPointer(client), () => registry.findByOidcClient(client), fresh);
    if (!isUsable(found)) {
      throw unknown(
        'The token in Authorization is good, but no active consumer here belongs to its client. Ask the team that runs the facade to register it.',
      );
    }
    const named = readSubject(headers, found.consumer);
    if (named !== undefined && subject !== undefined) {
      throw new AppError('SUBJECT_REFUSED', {
        detail:
          'The token names a person already, for whom the call goes. Send one or the other: this token alone, or a facade key with X-On-Behalf-Of.',
        source: { header: 'X-On-Behalf-Of' },
      });
    }
    const person = subject ?? named;
    return { consumer: found.consumer, ...(person === undefined ? {} : { subject: person }) };
  };

  const identify = async (headers: Headers, fresh: boolean): Promise<Caller> => {
    const keys = fieldLines(headers, 'x-api-key');
    const token = tokens && keys.length === 0 ? readBearer(headers) : undefined;
    if (tokens && token !== undefined) return byToken(tokens, token, headers, fresh);
    const [key] = keys;
    if (keys.length !== 1 || !key) {
      const orToken = tokens
        ? ' Or send no such header, and a token of a trusted issuer as Authorization: Bearer.'
        : '';
      throw unknown(`Send your facade key, once, in the x-api-key header.${orToken}`);
    }
    return byKey(key, headers, fresh);
  };

  return {
    /**
     * Identifies by the one facade key in `x-api-key`; without such a header, by the token in `Authorization: Bearer`.
     * @param headers of the request, names in lower case.
     * @throws AppError CONSUMER_UNKNOWN for no key, several keys, an unknown key, an invalid token, or a suspended
     * consumer; SUBJECT_REFUSED, REQUEST_INVALID for a person that it may not name; ISSUER_UNREACHABLE.
     */
    identify: (headers: Headers, { fresh = false }: Identification = {}): Promise<Caller> =>
      identify(headers, fresh).catch((error: unknown) => {
        const isUnknown = error instanceof AppError && error.code === 'CONSUMER_UNKNOWN';
        throw tokens && isUnknown ? withHeaders(error, [['www-authenticate', bearerChallenge]]) : error;
      }),
  };
};
export type Identifier = ReturnType<typeof createIdentifier>;
