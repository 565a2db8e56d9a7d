/**
 * Stands for `node:http` in every bundle. An import of that module makes Node read each of its exports for the names. Three of them, such as
 * `WebSocket`, load undici with a hundred modules: tens of milliseconds and 14 MB that no function needs.
 */
const http = process.getBuiltinModule('node:http');

export const { Agent, request, STATUS_CODES } = http;
// biome-ignore lint/style/noDefaultExport: the module that it stands for has one.
export default http;
