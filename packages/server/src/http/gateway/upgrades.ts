// Connections that ask for another protocol: the routing table and the key rules hold for them too.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { keyAnswer, noDoor, noRoute } from '../answers/answer.ts'
import type { Answer } from '../answers/answer.ts'
import type { HttpServerOptions } from '../http-options.ts'
import { endSocket } from '../lifecycle/refuse-connection.ts'
import { matchRoute } from '../routing/routing-table.ts'
import { splitTarget } from '../routing/split-target.ts'
import { checkKeys } from './check-keys.ts'

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Hands each upgrade to its door and keeps the connections that were handed over in `upgraded`. */
export function acceptUpgrades(options: HttpServerOptions, upgraded: Set<Duplex>): Upgrade {
  return (request, socket, head) => {
    const refuse = ({ status, body }: Answer): void => endSocket(socket, status, body)
    socket.on('error', () => socket.destroy())
    const target = splitTarget(request.url ?? '/')
    const route = matchRoute(target.path)
    if (route === null) return refuse(noRoute(target.path))
    const accept = options.upgrades?.[route.door]
    if (accept === undefined) return refuse(noDoor(route))
    try {
      checkKeys(route, target, request.headers, options)
    } catch (thrown) {
      const answer = keyAnswer(thrown)
      if (answer === null) throw thrown
      return refuse(answer)
    }
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    accept(request, socket, head)
  }
}
