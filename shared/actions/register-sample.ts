/**
 * Marks a sample as registered in the name of the person who pressed the button in a dialog of the tenant: a worked example of an external
 * action that acts as a person (docs/external-actions.md). The tenant sends no authentication with the page, so the person logs in, in a
 * window of its own. The token is used for this one sample and is stored nowhere.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { ownIdOf } from '../exchange/consumer.ts';
import type { Credential } from '../exchange/credential.ts';
import { lookAs } from '../registration/read-sample.ts';
import type { Registrations } from '../registration/registrations.ts';
import type { Tenant } from '../tenant-calls/ask-tenant.ts';
import type { Clock } from '../time/clock.ts';
import {
  type Capture,
  type Login,
  type Logins,
  type PurposeOf,
  personOf,
  refused,
  secretForm,
  startAgain,
} from '../tokens/logins.ts';
import { hashOf, type OneTimeStore } from '../tokens/one-time.ts';
import type { PersonProbe } from '../tokens/person-probe.ts';
import type { Person } from '../tokens/token.ts';

/** The purpose of its calls, in the quota's figures and in the audit log. */
export const registerSamplePurpose = 'register-sample';

const SampleId = z.string().regex(/^sample:[0-9A-Za-z-]{1,64}$/);

/** How long a dialog may still ask how it ended. */
const outcomeLifeMillis = 15 * 60_000;

/**
 * What the dialog learns. Whoever has made the name of the watch may read it, so it holds no text of the tenant and nothing that only the
 * person may know.
 */
const Outcome = z.object({ state: z.enum(['done', 'failed']), text: z.string(), expiresAtMillis: z.number() });
export type WatchedOutcome = { readonly state: 'waiting' | 'done' | 'failed'; readonly text: string };

export type RegisterSampleParts = {
  readonly logins: Logins;
  readonly once: Pick<OneTimeStore, 'put' | 'peek'>;
  readonly probe: PersonProbe;
  readonly upstream: string;
  readonly registrations: Pick<Registrations, 'mark'>;
  readonly clock: Clock;
};

type Registering = Login<PurposeOf<'register-sample'>>;

const outcomeName = (watch: string): string => `outcome-${hashOf('watch', watch)}`;

export const readSampleId = (text: string | undefined): string => {
  const { data } = SampleId.safeParse(text);
  if (data !== undefined) return data;
  throw new AppError('REQUEST_INVALID', {
    detail: text === undefined ? 'The address does not say which sample it is about.' : 'This is no id of a sample.',
  });
};

/** The name that the dialog has made up: 256 random bits, so nobody else knows it. */
const readWatch = (text: string | undefined): string => {
  if (text !== undefined && secretForm.test(text)) return text;
  throw refused('This page is opened by the button of a dialog in Signals Notebook. Start there.');
};

/** Of one person, for calls of this registration only. */
const credentialOf = (upstream: string, person: Person, secret: string): Credential => ({
  kind: 'user',
  id: `login:${randomUUID()}`,
  principal: `user:${upstream}:${person.id}`,
  secret,
});

const seeWindow = 'It is not certain that the sample is registered. The window in which you have logged in says why.';

/** Why it failed, in words of the facade. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof AppError)) return seeWindow;
  // The dialog is where the person came from, and has a button.
  if (error.code === 'LINK_REFUSED') return error.facts.detail?.replace(startAgain, 'Try again.') ?? seeWindow;
  return error.code === 'SAMPLE_CHANGED' ? 'The sample changed meanwhile. Try again.' : seeWindow;
};

export const createRegisterSample = (parts: RegisterSampleParts) => {
  const { logins, once, clock } = parts;

  /** Twice at most, and never throws: what has happened in the tenant counts, and the window shows it. */
  const tell = async (watch: string, state: 'done' | 'failed', text: string): Promise<void> => {
    const expiresAtMillis = clock.nowMillis() + outcomeLifeMillis;
    const put = () => once.put(outcomeName(watch), { state, text, expiresAtMillis }, expiresAtMillis);
    await put()
      .catch(put)
      .catch(() => {});
  };

  const register = async (
    sampleId: string,
    secret: string,
    tenantAs: (credential: Credential) => Tenant,
  ): Promise<Person> => {
    const unnamed = credentialOf(parts.upstream, { id: 'unknown' }, secret);
    const person = await personOf(parts.probe, unnamed);
    const tenant = tenantAs(credentialOf(parts.upstream, person, secret));
    const { self } = await lookAs(tenant, sampleId, clock);
    // A system of yours stores the sample here, as this look shows it. What is marked then is this state, and no later one.
    await parts.registrations.mark(tenant, sampleId, {
      digest: self,
      consumer: { id: ownIdOf(registerSamplePurpose) },
    });
    return person;
  };

  return {
    /** What the page before the login shows. @throws AppError REQUEST_INVALID, LINK_REFUSED, LINKING_OFF. */
    show(sampleId: string | undefined, watch: string | undefined): { sampleId: string; watch: string } {
      logins.checkOn();
      return { sampleId: readSampleId(sampleId), watch: readWatch(watch) };
    },

    /** Makes the login ready, as `logins.open` does. @throws as `show`. */
    async start(sampleId: string | undefined, watch: string | undefined, publicUrl: string) {
      const asked = { sampleId: readSampleId(sampleId), watch: readWatch(watch) };
      return logins.open({ kind: 'register-sample', ...asked }, publicUrl);
    },

    /**
     * Handles the answer for a login: marks the sample as it is now, as the person, and tells the dialog how it ended. A login that stays
     * open tells it nothing.
     * @throws AppError as `logins.answer` and `registrations.mark` do.
     */
    async finish(login: Registering, capture: Capture, tenantAs: (credential: Credential) => Tenant): Promise<Person> {
      const { sampleId, watch } = login.purpose;
      let isTaken = false;
      const run = async (): Promise<Person> => {
        const secret = await logins.answer(login, capture, undefined, () => {
          isTaken = true;
        });
        return register(sampleId, secret, tenantAs);
      };
      const person = await run().catch(async (error: unknown) => {
        // An answer that came second, or was forged, must not end what the first one does.
        if (isTaken) await tell(watch, 'failed', reasonOf(error));
        throw error;
      });
      await tell(watch, 'done', `${sampleId} is registered.`);
      return person;
    },

    /** How it ended, for the dialog that made up the name. @throws AppError LINK_REFUSED for a name of another form. */
    async outcome(watch: string | undefined): Promise<WatchedOutcome> {
      const { data } = Outcome.safeParse(await once.peek(outcomeName(readWatch(watch))));
      const isKnown = data !== undefined && data.expiresAtMillis > clock.nowMillis();
      return isKnown ? { state: data.state, text: data.text } : { state: 'waiting', text: '' };
    },
  };
};
export type RegisterSample = ReturnType<typeof createRegisterSample>;
