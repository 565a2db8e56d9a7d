/** Settings of every AWS client of the twin: loopback only, with keys that are valid nowhere. */
const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** For a client that talks to one emulator. */
export const clientSettings = (endpoint: string, region: string) => ({
  endpoint,
  region,
  credentials: localCredentials,
  maxAttempts: 2,
});
