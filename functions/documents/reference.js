/* Starts Scalar on the document of the facade that serves this page. It asks no other host for anything. */
const base = location.origin + location.pathname.replace(/\/docs\/.*$/, '');
const page = document.getElementById('reference');

const start = (spec) => {
  page.replaceChildren();
  page.removeAttribute('aria-busy');
  window.Scalar.createApiReference('#reference', {
    // Calls go to where this page came from, under whatever name that host was reached.
    content: { ...spec, servers: [{ url: base }] },
    agent: { disabled: true },
    mcp: { disabled: true },
    telemetry: false,
    withDefaultFonts: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    persistAuth: false,
    hideModels: true,
    documentDownloadType: 'none',
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    generateOperationSlug: ({ operationId }) => operationId,
    authentication: { preferredSecurityScheme: 'facadeKey' },
  });
};

/* Scalar's fields with suggestions lack what a combobox must say (WAI-ARIA 1.2): that none are shown. */
new MutationObserver(() => {
  for (const box of page.querySelectorAll('[role="combobox"]:not([aria-expanded])')) {
    box.setAttribute('aria-expanded', 'false');
    box.setAttribute('aria-controls', page.id);
  }
}).observe(page, { childList: true, subtree: true });

const fail = (error) => {
  const note = document.createElement('p');
  note.className = 'waiting';
  note.textContent = `The operations cannot be shown (${error.message}). Reload the page to try again.`;
  page.replaceChildren(note);
};

fetch(`${base}/openapi.json`)
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`status ${answer.status}`))))
  .then(start)
  .catch(fail);
