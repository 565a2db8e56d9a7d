/** The text at the head of the OpenAPI document and of the documentation page. */
export const introduction = `
Your Signals Notebook tenant, shared safely by many applications: the native API under \`/api/rest/v1.0\`, unchanged, plus
a few resources of the facade's own. Give a Signals client this base URL and your facade key; nothing else changes.

**Key.** Ask the team that runs this facade for a key and name the scopes that you need: each operation says its own, as
\`group:kind\`. Send the key in the header \`x-api-key\`. On this page, *Authorize* takes it; it is forgotten when the page
is closed.

**Digests.** Every entity has a version stamp, \`attributes.digest\`. Read it, then send it as the query parameter
\`digest\` of the write; each operation says whose digest it wants. It is opaque, and creating a child changes that of the
parent. A stale one gives 428: read again, then repeat. \`force=true\` writes without one, over other people's changes.

**Large bodies.** Above about 4.5 MB a request gets 413. Create an upload (\`POST /v1/uploads\`), PUT the bytes to the URL
that it names, and forward it: up to 300 MiB.

**Errors.** The facade's own have the form \`{"errors":[{"id","status","code","title","detail"}]}\` and a code in capitals,
such as \`SCOPE_MISSING\`. Errors of the tenant are passed on as they come.
`.trim();
