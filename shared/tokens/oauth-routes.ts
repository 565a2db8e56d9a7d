/** The pages on which people link tokens. They are for browsers: they need no key, and no application calls them. */
import * as z from 'zod';
import { content, nothing, route } from '../routes/route.ts';
import { Capture } from './logins.ts';

const common = { capability: 'tokens', scope: 'everybody' } as const;
const page = content('text/html', 'A page.');
const refusal = content('text/html', 'Why not, in plain words.');
/** The answer of a page that cannot read the request. */
const unreadable = { 400: refusal, 403: refusal } as const;
const unreadableForm = { ...unreadable, 413: refusal, 415: refusal } as const;

/** What the script of the page shows. */
const LinkOutcome = z
  .strictObject({
    title: z.string(),
    text: z.string(),
    back: z
      .strictObject({ href: z.url(), text: z.string() })
      .optional()
      .describe('The way back to the application, if it gave one.'),
  })
  .meta({ id: 'TokenLinkOutcome' });
export type LinkOutcome = z.infer<typeof LinkOutcome>;

const showTokenLink = route({
  ...common,
  id: 'showTokenLink',
  method: 'GET',
  path: '/oauth/start',
  summary: 'The page that says for whom a token will be used',
  query: z.strictObject({
    ticket: z
      .string()
      .optional()
      .meta({ description: 'Of the link.', param: { required: true } }),
  }),
  // Whatever a mail program adds to a link.
  passesQuery: true,
  answers: { 200: page, ...unreadable },
});

const startTokenLink = route({
  ...common,
  id: 'startTokenLink',
  method: 'POST',
  path: '/oauth/start',
  summary: "What that page's button does",
  body: z.object({ ticket: z.string() }),
  bodyMediaType: 'application/x-www-form-urlencoded',
  answers: { 303: nothing, ...unreadableForm },
  answerHeaders: { Location: "The tenant's login." },
});

const showTokenCallback = route({
  ...common,
  id: 'showTokenCallback',
  method: 'GET',
  path: '/oauth/callback',
  summary: 'Where the login leads back to',
  // The login's answer is there.
  passesQuery: true,
  answers: { 200: page, ...unreadable },
});

const finishTokenLink = route({
  ...common,
  id: 'finishTokenLink',
  method: 'POST',
  path: '/oauth/callback',
  summary: "What that page's script sends",
  body: Capture,
  bodyMediaType: 'application/json',
  answers: {
    200: content('application/json', 'What was linked.', LinkOutcome),
    403: 'LINK_REFUSED',
    503: [
      'AUDIT_UNAVAILABLE',
      'CONSUMERS_UNAVAILABLE',
      'KEY_SERVICE_UNAVAILABLE',
      'LINKING_OFF',
      'TOKENS_UNAVAILABLE',
      'UPSTREAM_UNREACHABLE',
    ],
  },
});

const readTokenScript = route({
  ...common,
  id: 'readTokenScript',
  method: 'GET',
  path: '/oauth/callback.js',
  summary: "That page's script",
  passesQuery: true,
  answers: { 200: content('text/javascript', 'A script.') },
});

const readTokenStyles = route({
  ...common,
  id: 'readTokenStyles',
  method: 'GET',
  path: '/oauth/page.css',
  summary: "Those pages' styles",
  passesQuery: true,
  answers: { 200: content('text/css', 'Styles.') },
});

/** Also used by the dialog of /actions/register-sample: the login of the person who registers. */
const showRegistrationLogin = route({
  ...common,
  id: 'showRegistrationLogin',
  method: 'GET',
  path: '/oauth/register-sample',
  summary: 'The page before the login of a person who registers a sample',
  query: z.strictObject({
    __eid: z
      .string()
      .optional()
      .meta({ description: 'Of the sample.', param: { required: true } }),
    watch: z
      .string()
      .optional()
      .meta({ description: 'What the dialog has made up to learn how it ends.', param: { required: true } }),
  }),
  passesQuery: true,
  answers: { 200: page, ...unreadable },
});

const startRegistrationLogin = route({
  ...common,
  id: 'startRegistrationLogin',
  method: 'POST',
  path: '/oauth/register-sample',
  summary: "What that page's button does",
  body: z.object({ eid: z.string(), watch: z.string() }),
  bodyMediaType: 'application/x-www-form-urlencoded',
  answers: { 303: nothing, ...unreadableForm },
  answerHeaders: { Location: "The tenant's login." },
});

const RegistrationOutcome = z
  .strictObject({ state: z.enum(['waiting', 'done', 'failed']), text: z.string() })
  .meta({ id: 'RegistrationOutcome' });

const readRegistrationOutcome = route({
  ...common,
  id: 'readRegistrationOutcome',
  method: 'GET',
  path: '/oauth/register-sample/outcome',
  summary: 'How the registration ended, for the dialog that waits for it',
  query: z.strictObject({
    watch: z
      .string()
      .optional()
      .meta({ description: 'What the dialog has made up.', param: { required: true } }),
  }),
  answers: { 200: content('application/json', 'How it ended.', RegistrationOutcome), ...unreadable },
});

export const oauthRoutes = [
  showTokenLink,
  startTokenLink,
  showTokenCallback,
  finishTokenLink,
  readTokenScript,
  readTokenStyles,
  showRegistrationLogin,
  startRegistrationLogin,
  readRegistrationOutcome,
] as const;
