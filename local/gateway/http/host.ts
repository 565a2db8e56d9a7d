/** By which names the twin may be called. It has rights in a tenant, and any page in a browser can send requests to it. */
const loopbackHost = /^(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d{1,5})?$/i;

/**
 * Whether a Host header names this machine. A page whose name was made to resolve to 127.0.0.1 (DNS rebinding) still sends
 * its own name; addresses and names below `localhost` never leave this machine (RFC 6761 section 6.3).
 * @param host undefined = there is none, as no browser sends it.
 */
export const isLoopbackHost = (host: string | undefined): boolean => host === undefined || loopbackHost.test(host);
