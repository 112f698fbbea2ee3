// nginx, as the measure of Storage: workers that send the files of a folder with sendfile, or take files into it.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from '../rest-read/whole-server.ts'

const COMMAND = process.env['NGINX'] ?? '/usr/sbin/nginx'

export interface Nginx {
  readonly port: number
  stop(): Promise<void>
}

export interface NginxTask {
  /** Served at `/`. */
  readonly root: string
  /** Made for its configuration and for what comes in, and removed again; on the disk that is measured. */
  readonly folder: string
  readonly workers: number
  /** Whether files are taken by PUT. */
  readonly takes: boolean
}

export function hasNginx(): boolean {
  return spawnSync(COMMAND, ['-v']).status === 0
}

/** Listens once resolved. Rejects where there is no nginx: `bench/install-nginx.sh` puts it on the machine. */
export async function startNginx(task: NginxTask): Promise<Nginx> {
  const { root, folder } = task
  for (const each of [root, folder]) await mkdir(each, { recursive: true })
  const port = await freePort()
  const configuration = join(folder, 'nginx.conf')
  await writeFile(configuration, configurationFor(task, port))
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

function configurationFor({ root, folder, workers, takes }: NginxTask, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes ${workers};
pid ${folder}/pid;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type application/octet-stream;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    root ${root};
    ${takes ? 'dav_methods PUT; create_full_put_path on; client_max_body_size 0;' : ''}
  }
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
