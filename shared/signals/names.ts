/** Names of the upstream that infra and the tests need too. It contains no code, so that every room may import it. */

/** Base path of the native surface, on the upstream and on the facade. */
export const signalsBasePath = '/api/rest/v1.0';
