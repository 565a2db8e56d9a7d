/** Which hosts are this machine itself. */

/**
 * The IPv4 network 127.0.0.0/8, alone or mapped into IPv6 (RFC 4291, 2.5.5.2), the IPv6 address ::1, and the name localhost, which every system
 * has in its list of hosts.
 */
const loopback = /^(127\.\d+\.\d+\.\d+|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|\[::1\]|localhost\.?)$/;

/**
 * Whether what is sent there stays on this machine. Names below localhost do not count: Node asks the resolver for them, and DNS may name any
 * address. @param hostname of a parsed `http:` or `https:` URL. Parsing has brought other spellings, such as `0x7f.1` and `LOCALHOST`, into these.
 */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);

/**
 * Whether a browser takes the host for its own machine: also names below localhost, which browsers send to no resolver (RFC 6761, 6.3). For
 * origins of pages, and for hosts that a deployed stage refuses. @param hostname as above.
 */
export const isLoopbackName = (hostname: string): boolean => isLoopback(hostname) || /\.localhost\.?$/.test(hostname);
