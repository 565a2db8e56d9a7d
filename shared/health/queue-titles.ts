/** Titles of queues that the health check tells from the others. infra gives the queues these titles. */

/** Every notification goes through these. */
export const vitalTitles = { ingress: 'Ingress', replays: 'Replays' } as const;

/** @param name of the mirror: small letters and digits. */
export const mirrorTitleOf = (name: string): string => `Mirror${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export const isMirrorTitle = (title: string): boolean => /^Mirror[A-Z][a-z0-9]*$/.test(title);
