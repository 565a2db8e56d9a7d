/** As whom a call goes upstream: by what the consumer may act as, and what is at hand. */
import { createHash } from 'node:crypto';
import { type Caller, needsPerson } from '../consumers/consumer.ts';
import { AppError } from '../errors/app-error.ts';
import type { Exchange } from '../native/exchange.ts';
import type { Credential, CredentialKind, SendOutcome, ServiceKeys, UserTokens } from './credential.ts';

/** A call that looks for a credential. */
export type Wanted = Pick<Exchange, 'upstream' | 'operation' | 'lookalike'> & Caller & { readonly publicUrl: string };

/** A token of unknown rights is a principal of its own. */
const ofBearer = (bearer: string): Credential => {
  const id = createHash('sha256').update(`signals-facade-bearer:${bearer}`).digest('base64url').slice(0, 22);
  return { kind: 'bearer', id, principal: `bearer:${id}`, secret: bearer };
};

/** No person can link anything here. */
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

  /** The refusal, with the URL where the person links a token when the caller has said who it is. */
  const personNeeded = async ({ upstream, consumer, subject, publicUrl }: Wanted): Promise<AppError> => {
    const about = subject && (await userTokens.linkUrl(upstream.name, consumer, subject, publicUrl));
    // The URL is a secret for as long as it is good: only where it is asked for, and in no text that is logged or shown.
    const how = about
      ? 'Let the person open the page in links.about and link a token, then repeat the request.'
      : 'Say for whom you call, or send a token of your own, as docs/consumers.md tells.';
    return new AppError('USER_TOKEN_NEEDED', {
      detail: `This call must carry a person's name in ${upstream.name}. ${how}`,
      ...(about ? { links: { about } } : {}),
    });
  };

  return {
    /** @throws AppError USER_TOKEN_NEEDED, CREDENTIAL_UNAVAILABLE. */
    async choose(wanted: Wanted): Promise<Credential> {
      const kinds = wanted.consumer.actsAs ?? ['service'];
      const { operation, lookalike } = wanted;
      const either = lookalike ? [operation, lookalike] : [operation];
      const isForPeople = either.some((one) => needsPerson(wanted.consumer, one));
      const allowed = isForPeople ? kinds.filter((kind) => kind !== 'service') : kinds;
      for (const kind of allowed) {
        const credential = await atHand[kind](wanted);
        if (credential) return credential;
      }
      throw await personNeeded(wanted);
    },
    personNeeded,
    /** Told after every send. */
    async observe(upstream: string, credential: Credential, outcome: SendOutcome): Promise<void> {
      if (credential.kind === 'service') await serviceKeys.observe(upstream, credential, outcome);
      if (credential.kind === 'user') await userTokens.observe(upstream, credential, outcome);
    },
  };
};
export type CredentialChooser = ReturnType<typeof createCredentialChooser>;
