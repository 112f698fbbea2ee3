// Where a server listens: PostgREST's host words, ports that may be shared, Unix sockets with a mode.

import { chmodSync, existsSync, lstatSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import type { BindConfig } from '../config/alone-config.ts'

/** Resolves with the address as the log shows it. Rejects with node's error where it cannot be had. */
export async function listenAt(server: Server, bind: BindConfig): Promise<string> {
  if (bind.socket !== null) return await listenAtSocket(server, bind.socket)
  const [first, ...others] = hostsOf(bind.host)
  const port = { port: bind.port, ...(bind.reusePort ? { reusePort: true } : {}) }
  try {
    await listening(server, { ...port, ...first })
  } catch (refused) {
    const [other] = others
    if (other === undefined || !isWithoutFamily(refused)) throw refused
    await listening(server, { ...port, ...other })
  }
  return shownAddress(server)
}

/** A socket that is left over from before makes room; a file of another kind does not. */
async function listenAtSocket(server: Server, { path, mode }: NonNullable<BindConfig['socket']>): Promise<string> {
  if (existsSync(path) && lstatSync(path).isSocket()) rmSync(path)
  await listening(server, { path })
  chmodSync(path, mode)
  return path
}

const anyV4 = { host: '0.0.0.0' }
/** Takes IPv4 as well. */
const anyV6 = { host: '::' }

/** The first that the machine has is taken. */
function hostsOf(host: string): readonly [ListenOptions, ...ListenOptions[]] {
  if (host === '!4') return [anyV4]
  if (host === '!6') return [{ host: '::', ipv6Only: true }]
  if (host === '*6') return [anyV6, anyV4]
  return host === '*' || host === '*4' ? [anyV4, anyV6] : [{ host }]
}

function isWithoutFamily(refused: unknown): boolean {
  const { code } = refused as { readonly code?: unknown }
  return code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL'
}

function listening(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function shownAddress(server: Server): string {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') return bound ?? ''
  return bound.family === 'IPv6' ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`
}
