/** Routes that no command calls, each with the reason. */
const application = 'An application calls it for itself, and no scope shows an administrator those of others.';
const person = 'An application calls it for a person, whom the request names.';
const laboratory = 'An application calls it. What the tenant keeps is not administered here.';
const browser = 'A page for browsers.';
const upload = 'A step of an upload, which an application makes with the scope of the native operation.';

export const routesWithoutCommand: Readonly<Record<string, string>> = {
  createUpload: upload,
  readUpload: upload,
  deleteUpload: upload,
  forwardUpload: upload,
  listAssets: laboratory,
  listBatches: laboratory,
  listAssetBatches: laboratory,
  readBatch: laboratory,
  findInventoryItems: laboratory,
  createInventoryContainer: laboratory,
  createInventoryLocation: laboratory,
  readWellPosition: laboratory,
  createExport: application,
  listExports: application,
  readExport: application,
  cancelExport: application,
  retryExport: application,
  readExportContent: application,
  readMyToken: person,
  revokeMyToken: person,
  createTokenLink: person,
  showTokenLink: browser,
  startTokenLink: browser,
  showTokenCallback: browser,
  finishTokenLink: browser,
  readTokenScript: browser,
  readTokenStyles: browser,
  readDocs: browser,
  readDocsFile: browser,
  takePush: 'The tenant calls it.',
  readHealth: '`health show` says more, and is asked with a key.',
  readOpenApi: 'A document for tools, which needs no key.',
  readAsyncApi: 'A document for tools, which needs no key.',
};
