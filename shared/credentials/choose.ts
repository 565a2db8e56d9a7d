/** Chooses as whom a call runs: by the consumer's `actsAs`, and the credentials that are available. */
import { createHash } from 'node:crypto';
import { needsPerson } from '../consumers/consumer.ts';
import { AppError } from '../errors/app-error.ts';
import type { Caller } from '../exchange/consumer.ts';
import type { Credential, CredentialKind } from '../exchange/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { SendOutcome } from '../exchange/send-outcome.ts';
import type { ServiceKeys, UserTokens } from './credential.ts';

/** A call that needs a credential. */
export type Wanted = Pick<Exchange, 'upstream' | 'operation' | 'lookalike'> & Caller & { readonly publicUrl: string };

/** A bearer token has unknown rights, so it is a principal of its own. */
const ofBearer = (bearer: string): Credential => {
  const id = createHash('sha256').update(`signals-facade-bearer:${bearer}`).digest('base64url').slice(0, 22);
  return { kind: 'bearer', id, principal: `bearer:${id}`, secret: bearer };
};

type Named = Pick<Wanted, 'consumer' | 'subject' | 'operation' | 'lookalike'>;

/**
 * The credential kinds that a call may use, the first choice first. A call that names a person runs as the service
 * account only if the consumer's record says so (`withoutLink: service`), because that account may do what the person
 * may not. A consumer without `user`, such as one whose people only log in to it, runs all its calls as the service
 * account.
 */
const kindsFor = ({ consumer, subject, operation, lookalike }: Named): readonly CredentialKind[] => {
  const { actsAs: kinds = ['service'], withoutLink = 'refuse' } = consumer;
  const either = lookalike ? [operation, lookalike] : [operation];
  const isForPeople = either.some((one) => needsPerson(consumer, one));
  const isForOne = subject !== undefined && kinds.includes('user') && withoutLink === 'refuse';
  return isForPeople || isForOne ? kinds.filter((kind) => kind !== 'service') : kinds;
};

/** The credential kind of a call if only one is possible: known before a credential is chosen. */
export const onlyKindFor = (named: Named & Pick<Wanted, 'bearer'>): CredentialKind | undefined => {
  const isNamed = { service: true, user: named.subject !== undefined, bearer: named.bearer !== undefined };
  const [only, ...others] = kindsFor(named).filter((kind) => isNamed[kind]);
  return others.length === 0 ? only : undefined;
};

/** Whether this call cannot run as the service account. */
export const mustBePerson = (named: Named): boolean => !kindsFor(named).includes('service');

/**
 * A stored answer may be replayed only to a call that could still run in the same way. So nobody gets, as a person, an
 * answer that was made for the service account.
 * @param actedAs how the first call ran; undefined = not recorded, so the service account is assumed.
 * @throws AppError USER_TOKEN_NEEDED.
 */
export const ensureMayRepeat = (named: Named, actedAs: CredentialKind | undefined): void => {
  const { actsAs = ['service'] } = named.consumer;
  const asService = (actedAs ?? (actsAs.includes('service') ? 'service' : 'user')) === 'service';
  if (!asService || !mustBePerson(named)) return;
  throw new AppError('USER_TOKEN_NEEDED', {
    detail:
      'The first request under this key was carried out as the service account, and its answer is not for this person. It was not sent again.',
  });
};

/** Used if nobody can link a token. */
export const noUserTokens: UserTokens = {
  find: async () => undefined,
  observe: async () => {},
  linkUrl: async () => '',
};

export const createCredentialChooser = (serviceKeys: ServiceKeys, userTokens: UserTokens = noUserTokens) => {
  const atHand: Record<CredentialKind, (wanted: Wanted) => Promise<Credential | undefined>> = {
    service: ({ upstream }) => serviceKeys.choose(upstream.name),
    user: async ({ upstream, consumer, subject }) =>
      subject === undefined ? undefined : userTokens.find(upstream.name, consumer, subject),
    bearer: async ({ bearer }) => (bearer === undefined ? undefined : ofBearer(bearer)),
  };

  /** The refusal, with the URL where the person links a token if the caller named the person. */
  const personNeeded = async ({ upstream, consumer, subject, publicUrl }: Wanted): Promise<AppError> => {
    const actsAs = consumer.actsAs ?? ['service'];
    const mayLink = actsAs.includes('user');
    const about = mayLink && subject && (await userTokens.linkUrl(upstream.name, consumer, subject, publicUrl));
    // The URL is secret while it is valid, so it is only in `links`, and in no text that is logged or shown.
    const link = about
      ? 'Let the person open the page in links.about and link a token, then repeat the request.'
      : 'Make a link with POST /v1/me/token/links, let the person open it, then repeat the request.';
    // Each sentence names only what the next call would be accepted with.
    const ways = [
      ...(mayLink ? ['say for whom you call in X-On-Behalf-Of'] : []),
      ...(actsAs.includes('bearer')
        ? ["send a person's token of the tenant in Authorization beside your facade key"]
        : []),
    ];
    const askAdmin = `${consumer.id} acts as service only: ask an administrator of the consumers to add user or bearer to its actsAs.`;
    const byOwnMeans = ways.length > 0 ? `To do so, ${ways.join(', or ')}.` : askAdmin;
    const how =
      mayLink && subject
        ? `The person that it names has no living token linked for ${consumer.id}. ${link}`
        : byOwnMeans;
    return new AppError('USER_TOKEN_NEEDED', {
      detail: `This call must go to ${upstream.name} as a person. ${how}`,
      ...(about ? { links: { about } } : {}),
    });
  };

  return {
    /** @throws AppError USER_TOKEN_NEEDED, CREDENTIAL_UNAVAILABLE. */
    async choose(wanted: Wanted): Promise<Credential> {
      for (const kind of kindsFor(wanted)) {
        const credential = await atHand[kind](wanted);
        if (credential) return credential;
      }
      throw await personNeeded(wanted);
    },
    personNeeded,
    /** Called after every send. */
    async observe(upstream: string, credential: Credential, outcome: SendOutcome): Promise<void> {
      if (credential.kind === 'service') await serviceKeys.observe(upstream, credential, outcome);
      if (credential.kind === 'user') await userTokens.observe(upstream, credential, outcome);
    },
  };
};
export type CredentialChooser = ReturnType<typeof createCredentialChooser>;
