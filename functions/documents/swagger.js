/* Starts Swagger UI on the document of the facade that serves this page. */
(() => {
  // The page answers at /docs and /docs/, with or without a stage in front.
  const base = location.origin + location.pathname.replace(/\/docs(\/.*)?$/, '');
  const documentUrl = `${base}/openapi.json`;
  const page = document.getElementById('page');
  document.getElementById('document-link').href = documentUrl;

  /* Swagger UI's own dark colours go by a class. */
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  dark.addEventListener('change', dress);
  dress();

  const isMatch = (operation, words) => {
    const text = [
      operation.get('method'),
      operation.get('path'),
      operation.getIn(['operation', 'summary']),
      operation.getIn(['operation', 'operationId']),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };

  /* Swagger UI's own filter sees tags only; with hundreds of operations one looks for words of path and summary too. */
  const filterOperations = (taggedOperations, phrase) => {
    const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
    return taggedOperations
      .map((tag, name) =>
        words.every((word) => name.includes(word))
          ? tag
          : tag.update('operations', (operations) => operations.filter((operation) => isMatch(operation, words))),
      )
      .filter((tag) => tag.get('operations').size > 0);
  };

  /* One line for each error: the same example a dozen times would bury the answer. The document itself has all. */
  const withoutExamples = (responses) =>
    Object.fromEntries(Object.entries(responses).map(([name, { description }]) => [name, { description }]));

  const forDisplay = (spec) => ({
    ...spec,
    // Swagger UI takes seconds for each step through a 3.1 document of this size, and a fraction for the same as 3.0;
    // nothing in it is drawn otherwise.
    openapi: '3.0.3',
    // Calls go to where this page came from, under whatever name that host was reached.
    servers: [{ url: base }],
    components: { ...spec.components, responses: withoutExamples(spec.components.responses) },
  });

  /* Swagger UI has no second level of headings, and parts without a role (WAI-ARIA 1.2). */
  const regions = { '.information-container': 'About', '.scheme-container': 'Key', '.filter-container': 'Filter' };
  const mend = () => {
    for (const heading of page.querySelectorAll('h3.opblock-tag')) heading.setAttribute('aria-level', '2');
    for (const [selector, label] of Object.entries(regions)) {
      for (const part of page.querySelectorAll(selector)) {
        part.setAttribute('role', 'region');
        part.setAttribute('aria-label', label);
      }
    }
    // Otherwise Tab goes through the page behind the dialog.
    const dialog = page.querySelector('.modal-ux:not([role="dialog"])');
    dialog?.setAttribute('role', 'dialog');
    dialog?.setAttribute('aria-label', 'Key');
    dialog?.querySelector('input')?.focus();
  };
  new MutationObserver(mend).observe(page, { childList: true, subtree: true });

  const start = (spec) => {
    page.replaceChildren();
    page.removeAttribute('aria-busy');
    window.facadePage = window.SwaggerUIBundle({
      spec: forDisplay(spec),
      domNode: page,
      deepLinking: true,
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      displayOperationId: false,
      displayRequestDuration: true,
      filter: true,
      persistAuthorization: false,
      requestSnippetsEnabled: true,
      tryItOutEnabled: true,
      validatorUrl: null,
      plugins: [() => ({ fn: { opsFilter: filterOperations } })],
    });
  };

  const fail = (error) => {
    const note = document.createElement('p');
    note.className = 'waiting';
    note.textContent = `${documentUrl} cannot be loaded (${error.message}). Reload the page to try again.`;
    page.replaceChildren(note);
  };

  fetch(documentUrl)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`status ${answer.status}`))))
    .then(start)
    .catch(fail);
})();
