/** nginx proxy_cache in front of the tenant, where nginx is installed: everything fresh for 60 s, one request per miss. */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const freePort = async (): Promise<number> => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const configuration = (folder: string, port: number, upstreamUrl: string): string => `
daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/temp;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  proxy_cache_path ${folder}/cache keys_zone=answers:10m max_size=200m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${upstreamUrl}; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache answers; proxy_cache_valid 200 60s; proxy_cache_lock on;
      add_header X-Cache $upstream_cache_status;
    }
  }
}`;

/** Undefined where nginx is not installed. */
export const startNginx = async (upstreamUrl: string) => {
  if (spawnSync('nginx', ['-v']).status !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'cache-bench-'));
  // Workers of an nginx that root starts run as nobody.
  await chmod(folder, 0o711);
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, upstreamUrl));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  await sleep(500);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async (): Promise<void> => {
      child.kill('SIGTERM');
      await sleep(200);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
