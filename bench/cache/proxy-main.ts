/** npm run cache-proxy: the proxy alone, CACHE_PORT in front of ORIGIN_URL. */
import { startCacheProxy } from './proxy.ts';

const { CACHE_PORT = '8080', ORIGIN_URL } = process.env;
if (!ORIGIN_URL) {
  console.error('ORIGIN_URL is not set. Fix: ORIGIN_URL=http://127.0.0.1:8000 CACHE_PORT=8080 npm run cache-proxy');
  process.exit(1);
}
const { url } = await startCacheProxy({ originUrl: ORIGIN_URL, port: Number(CACHE_PORT) });
console.log(`Caching ${ORIGIN_URL} on ${url}`);
