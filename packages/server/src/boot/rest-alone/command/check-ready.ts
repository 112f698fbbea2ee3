// `--ready`: asks the admin server of a running door, for health checks where there is no HTTP client.

import { request } from 'node:http'
import { type AloneConfig, isSpecialHost } from '../config/alone-config.ts'

export interface Readiness {
  readonly ready: boolean
  /** To print. */
  readonly sentence: string
}

/** Never rejects. */
export async function checkReady({ admin }: AloneConfig): Promise<Readiness> {
  if (admin === null) return no('Admin server is not running. Please check admin-server-port config.')
  const { host, port, socket } = admin
  if (socket !== null) return await ask(`unix:${socket.path}:/ready`, { socketPath: socket.path, path: '/ready' })
  if (isSpecialHost(host)) {
    return no(
      `The \`--ready\` flag cannot be used when server-host is configured as "${host}". ` +
        'Please update your server-host config to "localhost".',
    )
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/ready`
  return URL.canParse(url) && port > 0 ? await ask(url, { host, port, path: '/ready' }) : no(`invalid url - ${url}`)
}

interface Where {
  readonly host?: string
  readonly port?: number
  readonly socketPath?: string
  readonly path: string
}

function ask(url: string, where: Where): Promise<Readiness> {
  return new Promise((resolve) => {
    const asked = request(where, (response) => {
      response.resume()
      const { statusCode = 500 } = response
      resolve(statusCode >= 200 && statusCode < 300 ? { ready: true, sentence: `OK: ${url}` } : no(url))
    })
    asked.once('error', () => resolve(no(`connection refused to ${url}`)))
    asked.end()
  })
}

function no(reason: string): Readiness {
  return { ready: false, sentence: `ERROR: ${reason}` }
}
