// nginx, as the measure: one worker that sends files of one folder from the same disk, with sendfile.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMAND = process.env['NGINX'] ?? '/usr/sbin/nginx'

export interface Nginx {
  readonly port: number
  stop(): Promise<void>
}

/** Serves `root` at `/`. Rejects where there is no nginx: `bench/install-nginx.sh` puts it on the machine. */
export async function startNginx(root: string, port: number): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-nginx-'))
  const configuration = join(folder, 'nginx.conf')
  await writeFile(configuration, configurationFor(root, folder, port))
  const child = spawn(COMMAND, ['-p', folder, '-c', configuration, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  await Promise.race([listening(port), gone.then(() => Promise.reject(new Error('nginx ended')))])
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configurationFor(root: string, folder: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
user root;
daemon off;
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type application/octet-stream;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${root}; }
}
`
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' })
    const answered = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
