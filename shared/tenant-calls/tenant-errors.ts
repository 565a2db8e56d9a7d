/** The errors of routes that call the tenant for a caller, by their status. */

/** Failures of a call to the tenant: it was refused before it was sent, or no usable answer came. */
export const callErrors = {
  403: ['SCOPE_MISSING', 'USER_TOKEN_NEEDED'],
  502: ['ANSWER_WITHHELD', 'UPSTREAM_UNREADABLE'],
  503: [
    'AUDIT_UNAVAILABLE',
    'CACHE_UNAVAILABLE',
    'CREDENTIAL_UNAVAILABLE',
    'CREDENTIAL_STORE_UNAVAILABLE',
    'KEY_SERVICE_UNAVAILABLE',
    'LARGE_ANSWERS_UNAVAILABLE',
    'QUOTA_UNAVAILABLE',
    'TOKENS_UNAVAILABLE',
    'UPSTREAM_UNREACHABLE',
  ],
  504: 'UPSTREAM_LATE',
} as const;

/** Of a route that answers with a document of its own: the refusals of the tenant are errors, too. */
export const tenantErrors = {
  ...callErrors,
  422: 'TENANT_REFUSED',
  429: ['TOO_MANY_REQUESTS', 'TOO_MANY_LARGE_ANSWERS'],
  502: [...callErrors[502], 'TENANT_FAILED'],
} as const;
