/** The identity of the tenant and the caller, and the revocation of bearer tokens in both revisions of the interface. */
import { profileResource } from '../documents/user-document.ts';
import { badRequest, forbidden, notFound } from '../errors.ts';
import { type Call, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { download, noContent, ok } from '../http/reply.ts';
import { textContent } from '../tenant/content.ts';

const release = '26.8.0';

const version = (call: Call) =>
  ok({ links: selfLinks(call), data: { type: 'version', id: release, attributes: { release } } });

const profile = (call: Call) =>
  ok({ links: selfLinks(call), data: profileResource(call.tenant, call.base, call.user) });

const checkAdmin = (call: Call) => {
  if (!call.user.roleIds.includes('1')) throw forbidden('Only a system administrator may do this.');
};

const ownDomain = (call: Call) => (call.headers.host ?? '').split(':')[0] ?? '';

/** `DELETE /auth/tokens?all=&email=&domain=` */
const revoke = (call: Call) => {
  checkAdmin(call);
  const isAll = call.query.get('all') === 'true';
  const email = call.query.get('email');
  const domain = call.query.get('domain') ?? ownDomain(call);
  if (!isAll && email === null) throw badRequest('email is required unless all=true.');
  call.tenant.tokens.revoke((user, tokenDomain) => tokenDomain === domain && (isAll || user.email === email));
  return noContent;
};

const revokeDomain = (call: Call) => {
  checkAdmin(call);
  call.tenant.tokens.revoke((_user, domain) => domain === param(call, 'domain'));
  return noContent;
};

const revokeUser = (call: Call) => {
  checkAdmin(call);
  call.tenant.tokens.revoke((user, domain) => domain === param(call, 'domain') && user.email === param(call, 'email'));
  return noContent;
};

/** Invented: the sources only say that it is text. */
const policy = () =>
  download(textContent('text/plain', 'password.minimumLength=12\nsession.idleMinutes=30\n'), 'securityPolicy.txt');

/** Invented content: one parser that reads CSV. */
const parser = (call: Call) => {
  const id = param(call, 'eid');
  if (!id.startsWith('parserDefinition:')) throw notFound(`Parser ${id} is not found.`);
  return ok({
    links: selfLinks(call),
    data: { type: 'parserDefinition', id, attributes: { id, name: 'CSV', extensions: ['csv'] } },
  });
};

export const systemRoutes: Routes = {
  'GET /version': version,
  'GET /profiles/me': profile,
  'DELETE /auth/tokens': revoke,
  'DELETE /bearerTokens/{domain}': revokeDomain,
  'DELETE /bearerTokens/{domain}/user/{email}': revokeUser,
  'GET /securityPolicy/export': policy,
  'GET /parserDefinitions/{eid}': parser,
};
