// Connections that ask for another protocol: the routing table holds for them too. The door judges the key, because it
// may come in a header of its own, and words the refusal in its dialect.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { noDoor, noRoute } from '../answers/answer.ts'
import type { Answer } from '../answers/answer.ts'
import type { HttpServerOptions } from '../http-options.ts'
import { endSocket } from '../lifecycle/refuse-connection.ts'
import { matchRoute } from '../routing/routing-table.ts'
import { splitTarget } from '../routing/split-target.ts'

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
    if (accept === undefined) return refuse(noDoor(route, options.switchedOff?.[route.door]))
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    accept(request, socket, head)
  }
}
