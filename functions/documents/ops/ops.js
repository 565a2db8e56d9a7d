/* The page at /ops (docs/ops.md). Bundled by infra/portal/portal-files.ts. */
import { showAlarms } from './alarms.js';
import { createApi, faultScope, holds, neededScopes, Refused } from './api.js';
import { byId, show } from './dom.js';
import { showFaults } from './faults.js';
import { time } from './format.js';
import { showHealth } from './health.js';
import { showJobs, showQueues, showSubscriptions, showTokens } from './inside.js';
import { createPoll } from './poll.js';
import { showQuota } from './quota.js';
import { showApps, showDecisions } from './requests.js';
import { putAnswers, putCache, putQuota, putUsage } from './series.js';
import { showUsage } from './usage.js';
import { createVerdict } from './verdict.js';

/** The stage of every twin. Only there it is worth asking for what only a twin has: elsewhere nothing answers at this address. */
const stageOfTwins = 'local';
const twinPath = '_twin/ops';
/** A twin costs nothing, a stage that is deployed pays for each call. */
const seconds = { twin: 2, answers: { twin: 4, stage: 10 }, slow: 60 };
/** Each costs a call. */
const mostSubscriptions = 20;

let session;

const readStage = async () => {
  const { stage, version } = await createApi().ask('health');
  byId('stage').textContent =
    `Stage ${stage}, version ${version}.${stage === stageOfTwins ? ' In a twin, the key is demo-admin.' : ''}`;
  return stage;
};

/** Whether the endpoint of a twin is there. */
const isTwin = async (api, stage) => {
  if (stage !== stageOfTwins) return false;
  try {
    await api.ask(twinPath);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false;
    throw error;
  }
};

const readSubscriptions = async ({ api }) => {
  const { data } = await api.ask('v1/subscriptions');
  const asked = data.slice(0, mostSubscriptions).map(async ({ id, attributes }) => {
    const { data: health } = await api.ask(`v1/subscriptions/${encodeURIComponent(id)}/health`);
    const { state, reason } = health.attributes;
    return {
      ...attributes,
      health: attributes.state === 'active' ? `${state}${reason ? `: ${reason}` : ''}` : undefined,
    };
  });
  showSubscriptions([
    ...(await Promise.all(asked)),
    ...data.slice(mostSubscriptions).map(({ attributes }) => attributes),
  ]);
};

const filterOf = (form) => {
  const wanted = new URLSearchParams({ 'page[limit]': '20' });
  const { consumer, status } = Object.fromEntries(new FormData(form));
  if (consumer.trim()) wanted.set('filter[consumer]', consumer.trim());
  if (status) wanted.set('filter[status]', status);
  return wanted;
};

const readDecisions = async ({ api }) =>
  showDecisions(await api.ask(`v1/requests?${filterOf(byId('decision-filter'))}`), Date.now());

/** What is asked for, how often, and the scope that it needs beside those of the page. */
const asksOf = (one) => {
  const { api, verdict, pick } = one;
  const answers = one.isTwin ? seconds.answers.twin : seconds.answers.stage;
  return [
    { name: 'health', every: answers, ask: async () => verdict.setChecks(showHealth(await api.ask('v1/health'))) },
    { name: 'quota', every: answers, ask: async () => putQuota(showQuota(await api.ask('v1/quota'))) },
    { name: 'requests', every: answers, ask: async () => showApps(await api.ask('v1/requests?page[limit]=200'), pick) },
    { name: 'decisions', every: answers, ask: () => readDecisions(one) },
    {
      name: 'usage',
      every: seconds.slow,
      ask: async () => {
        const usage = await api.ask('v1/usage?page[limit]=1000');
        showUsage(usage);
        putUsage(usage);
      },
    },
    {
      name: 'tokens',
      every: answers * 3,
      scope: 'tokens:read',
      ask: async () => showTokens(await api.ask('v1/tokens')),
    },
    {
      name: 'subscriptions',
      every: answers * 3,
      scope: 'notifications-admin:read',
      ask: () => readSubscriptions(one),
    },
    ...(one.isTwin
      ? [{ name: 'twin', every: seconds.twin, ask: async () => showTwin(one, await api.ask(twinPath)) }]
      : []),
  ].filter(({ scope }) => scope === undefined || holds(one.scopes, scope));
};

const showTwin = (one, state) => {
  const ringing = showAlarms(state);
  const provoke = (id, isOn) => act(one, `faults/${id}`, isOn ? 'DELETE' : 'POST');
  const on = showFaults(state, holds(one.scopes, faultScope) ? provoke : undefined);
  one.verdict.setAlarms(ringing, on);
  showQueues(state.queues);
  showJobs(state.jobs, state.nowMillis);
  putAnswers(state.figures);
  putCache(state.figures);
};

/** Presses a button of the twin. */
const act = async ({ api, polls }, path, method) => {
  byId('faults-answer').textContent = 'Working …';
  try {
    await api.ask(`${twinPath}/${path}`, method);
    byId('faults-answer').textContent = method === 'POST' ? 'The fault is on.' : 'Ended.';
  } catch (error) {
    byId('faults-answer').textContent = `It did not work: ${error.message}`;
  }
  polls.get('twin')?.now();
};

const end = () => {
  for (const poll of session?.polls.values() ?? []) poll.stop();
  session = undefined;
};

const begin = (api, me, isInTwin) => {
  const form = byId('decision-filter');
  const verdict = createVerdict();
  const pick = (consumerId) => {
    form.elements.consumer.value = consumerId;
    session.polls.get('decisions').now();
    byId('decisions-title').scrollIntoView();
  };
  const one = { api, verdict, pick, isTwin: isInTwin, scopes: me.attributes.scopes, polls: new Map() };
  session = one;
  byId('sign-in').hidden = true;
  byId('board').hidden = false;
  for (const section of document.querySelectorAll('.twin')) section.hidden = !isInTwin;
  byId('who').textContent = `Signed in as ${me.id}.`;
  for (const { name, every, ask } of asksOf(one))
    one.polls.set(
      name,
      createPoll({ everyMillis: every * 1_000, ask, onState: (state) => verdict.setFreshness(name, state) }),
    );
  for (const poll of one.polls.values()) poll.now();
  byId('verdict-title').focus();
};

const signIn = async (key) => {
  const api = createApi(key);
  const { data: me } = await api.ask('v1/me').catch((error) => {
    throw error.status === 401
      ? new Error('The facade does not know this key. Is it a key of this stage, and still valid?')
      : error;
  });
  const missing = neededScopes.filter((scope) => !holds(me.attributes.scopes, scope));
  if (missing.length > 0)
    throw new Error(
      `This key belongs to ${me.id}, and lacks ${missing.join(' and ')}. With it, the page would show the calls of ${me.id} alone.`,
    );
  begin(api, me, await isTwin(api, await readStage()));
};

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const input = byId('key');
  const button = byId('sign-in').querySelector('button');
  byId('refusal').textContent = '';
  button.disabled = true;
  try {
    await signIn(input.value.trim());
    input.value = '';
  } catch (error) {
    byId('refusal').textContent = error.message;
    input.select();
  }
  button.disabled = false;
});

byId('forget').addEventListener('click', () => {
  end();
  // The simplest way to forget everything that the key has shown.
  location.reload();
});

byId('decision-filter').addEventListener('submit', (event) => {
  event.preventDefault();
  show(byId('decisions'));
  session?.polls.get('decisions').now();
});

byId('end-faults').addEventListener('click', () => act(session, 'faults', 'DELETE'));

byId('sign-in').hidden = false;
byId('key').focus();
readStage().catch((error) => {
  byId('stage').textContent = `The facade does not answer (${error.message}, ${time(Date.now())}).`;
});
