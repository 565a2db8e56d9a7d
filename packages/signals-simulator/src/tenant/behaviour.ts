/** How the tenant behaves beside its data; the control surface changes it, a reset restores it. */

export interface PushTarget {
  readonly url: string;
  readonly headerName: string;
  readonly headerValue: string;
  /** Any 2xx marks the notification dismissed. */
  readonly autoDismiss: boolean;
}

export interface OAuthClient {
  readonly clientId: string;
  /** Compared exactly, trailing slash included. */
  readonly redirectUris: readonly string[];
}

export interface Behaviour {
  /** How long background jobs take. */
  jobMillis: number;
  /** PDF jobs stay at length 0 for ever, like failed ones. No source names another sign of failure. */
  pdfsNeverFinish: boolean;
  /** Content exports that may run at once; one more is refused with 429. */
  exportWorkers: number;
  push: PushTarget | undefined;
  oauthClients: readonly OAuthClient[];
}

export const defaultBehaviour = (): Behaviour => ({
  jobMillis: 1000,
  pdfsNeverFinish: false,
  exportWorkers: 8,
  push: undefined,
  oauthClients: [
    {
      clientId: 'demo-client',
      redirectUris: ['http://127.0.0.1:4000/oauth/callback', 'http://localhost:4000/oauth/callback'],
    },
  ],
});
