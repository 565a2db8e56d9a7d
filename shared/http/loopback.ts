/** Which hosts are this machine itself. */

/**
 * The IPv4 network 127.0.0.0/8, alone or mapped into IPv6 (RFC 4291, 2.5.5.2), the IPv6 address ::1, and the name localhost with all names
 * below it (RFC 6761, 6.3).
 */
const loopback = /^(127\.\d+\.\d+\.\d+|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|\[::1\]|(.+\.)?localhost\.?)$/;

/** @param hostname of a parsed `http:` or `https:` URL. Parsing has brought other spellings, such as `0x7f.1` and `LOCALHOST`, into these. */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);
