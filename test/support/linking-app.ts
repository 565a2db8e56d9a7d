/** A consumer that acts for people. Its links lead to the twin of the test. */
import type { TestTwin } from './twin.ts';

type Answer = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: documents of several shapes, looked into by assertions only
  readonly document: any;
  readonly actingAs: string | null;
};

export type LinkingApp = {
  readonly key: string;
  call(method: string, path: string, subject?: string, body?: object): Promise<Answer>;
  /** Makes this the only redirect URI of the tenant's login. */
  register(redirectUri: string): Promise<void>;
};

const mediaType = 'application/vnd.api+json';

export const createLinkingApp = async (twin: TestTwin, attributes: object = {}, id = 'lab'): Promise<LinkingApp> => {
  const callAs = async (
    key: string,
    method: string,
    path: string,
    subject?: string,
    body?: object,
  ): Promise<Answer> => {
    const answer = await fetch(`${twin.url}${path}`, {
      method,
      headers: {
        'x-api-key': key,
        ...(subject === undefined ? {} : { 'x-on-behalf-of': subject }),
        ...(body === undefined ? {} : { 'content-type': mediaType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      document: text ? JSON.parse(text) : {},
      actingAs: answer.headers.get('x-acting-as'),
    };
  };

  const register = async (redirectUri: string): Promise<void> => {
    const oauthClients = [{ clientId: 'demo-client', redirectUris: [redirectUri] }];
    await fetch(`${twin.simulator.url}/_control/behaviour`, {
      method: 'PATCH',
      body: JSON.stringify({ oauthClients }),
    });
  };

  await register(`${twin.url}/oauth/callback`);
  const created = await callAs('demo-admin', 'POST', '/v1/consumers', undefined, {
    data: {
      type: 'consumer',
      id,
      attributes: { scopes: ['*:*'], actsAs: ['user', 'service'], contact: 'lab-team@example.com', ...attributes },
    },
  });
  if (created.status !== 201) throw new Error(`no consumer was made: ${JSON.stringify(created.document)}`);
  const made = await callAs('demo-admin', 'POST', `/v1/consumers/${id}/keys`);
  const key: string = made.document.data?.attributes.key ?? created.document.data.attributes.key;
  return {
    key,
    call: (method, path, subject, body) => callAs(key, method, path, subject, body),
    register,
  };
};
