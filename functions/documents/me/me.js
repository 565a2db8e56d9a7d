/* The page at /me (docs/me.md). Bundled by infra/portal/portal-files.ts. */
import { byId } from '../ops/dom.js';
import { showLimits } from './limits.js';
import { partOf } from './parts.js';
import { showRequests } from './requests.js';
import { createCoverage } from './scopes.js';
import { startSession } from './session.js';
import { showSubscriptions } from './subscriptions.js';
import { showTokens } from './tokens.js';
import { showTry } from './try.js';
import { showUsage } from './usage.js';
import { showScopes, showWho } from './who.js';

const adminGroups = document.body.dataset.adminGroups.split(' ');
const signIn = byId('sign-in');
const key = byId('key');
const refusal = byId('refusal');
const board = byId('board');
const peek = byId('peek');

let session;

const showKey = (isShown) => {
  key.type = isShown ? 'text' : 'password';
  peek.setAttribute('aria-pressed', String(isShown));
  peek.textContent = isShown ? 'Hide' : 'Show';
};

const clear = () => {
  session?.end();
  session = undefined;
  for (const part of document.querySelectorAll('[data-part], #who')) part.replaceChildren();
  board.hidden = true;
  signIn.hidden = false;
  key.value = '';
  showKey(false);
};

const signOut = () => {
  clear();
  refusal.textContent = '';
  key.focus();
};

const showBoard = (mine, data, nowMillis) => {
  const may = createCoverage(data.attributes.scopes, adminGroups);
  signIn.hidden = true;
  board.hidden = false;
  key.value = '';
  showWho(byId('who'), data, { session: mine, signOut, nowMillis });
  showScopes(partOf('scopes'), data);
  showLimits(mine, partOf('limits'), data, may);
  showUsage(mine, partOf('usage'), data, nowMillis);
  showRequests(mine, partOf('requests'), data);
  showSubscriptions(mine, partOf('subscriptions'), data, may);
  showTokens(mine, partOf('tokens'), data);
  showTry(mine, partOf('try'), may);
  byId('name').focus();
};

/** Why a key opens nothing, in words for people. */
const refusalFor = (error) => {
  if (error.status === 401)
    return `This key opens nothing here. ${error.message} It may be mistyped, expired or revoked, or its application suspended.`;
  return error.message;
};

const enter = async (text) => {
  // A header takes these characters only; a browser refuses others with words that help nobody.
  if (!/^[\x21-\x7e]{1,512}$/.test(text))
    throw new Error('This is not a facade key: a key has no spaces and none but plain letters, digits and signs.');
  const mine = startSession(text);
  session = mine;
  const { data } = await mine.ask('v1/me');
  if (session === mine) showBoard(mine, data, Date.now());
};

signIn.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (signIn.hasAttribute('aria-busy')) return;
  signIn.setAttribute('aria-busy', 'true');
  refusal.textContent = '';
  try {
    await enter(key.value.trim());
  } catch (error) {
    session = undefined;
    refusal.textContent = refusalFor(error);
    key.focus();
  } finally {
    signIn.removeAttribute('aria-busy');
  }
});
peek.addEventListener('click', () => {
  showKey(key.type === 'password');
  key.focus();
});
// A page that the browser kept must not show it again to the next person.
addEventListener('pagehide', clear);

signIn.hidden = false;
key.focus();
