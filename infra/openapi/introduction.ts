/** The text at the start of the OpenAPI document and of the documentation page. */
export const introduction = `
One Signals Notebook tenant, shared by many applications: the tenant's unchanged API under \`/api/rest/v1.0\`, and a few
resources of the facade itself. Give your Signals client this base URL and your facade key. Nothing else changes.

**Key.** Ask the team that runs this facade for a key, and name the scopes that you need. Each operation shows its scope, as
\`group:kind\`. Send the key in the header \`x-api-key\`. On a page with these operations, enter it under *Authentication* or
*Authorize*. The page forgets it when you close it.

**Digests.** Every entity has a version stamp, \`attributes.digest\`. Read it, then send it as the query parameter \`digest\` of
the write. Each operation says whose digest it needs. A digest is opaque, and creating a child changes the digest of the
parent. A stale digest gets 428: read again, then repeat. \`force=true\` writes without a digest, over other people's changes.

**Large bodies.** A request above about 4.5 MB gets 413. Create an upload (\`POST /v1/uploads\`), PUT the bytes to the URL
in its answer, and forward it: up to 300 MiB.

**Errors.** The facade's own errors have the form \`{"errors":[{"id","status","code","title","detail","links"}]}\` and a code
in capitals, such as \`SCOPE_MISSING\`. \`links.type\` is the page that explains the code. Errors of the tenant are passed on
unchanged.
`.trim();
