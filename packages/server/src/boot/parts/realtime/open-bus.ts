// How the processes of a project reach each other: through NATS where the configuration names one.

import type { Logger } from 'pino'

import type { Database } from '../../../database/statement.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'
import type { Bus, BusState } from '../../../realtime/fanout/bus.ts'
import { createLocalBus } from '../../../realtime/fanout/local-bus.ts'
import { parseNatsUrl, shownAddress } from '../../../realtime/fanout/nats/connection/nats-address.ts'
import type { LinkCounts } from '../../../realtime/fanout/nats/connection/nats-link.ts'
import { openNatsBus } from '../../../realtime/fanout/nats/nats-bus.ts'
import { readBusPrefix } from '../../../realtime/fanout/read-bus-prefix.ts'

export interface BusParts {
  readonly config: Pick<RealtimeConfig, 'natsUrl'>
  /** Logs in as `loginRole`. */
  readonly database: Database
  readonly loginRole: string
  readonly log: Logger
}

export interface OpenBus {
  readonly bus: Bus
  /** What whoever started this should know. */
  readonly notices: readonly string[]
  readonly counts: () => LinkCounts
}

/** Does not wait for a NATS that is away: it is looked for while the process serves. */
export async function openBus({ config, database, loginRole, log }: BusParts): Promise<OpenBus> {
  const address = config.natsUrl === null ? null : parseNatsUrl(config.natsUrl)
  if (address === null || address.kind === 'problem') {
    return { bus: createLocalBus(), notices: [], counts: () => ({ published: 0, dropped: 0, cuts: 0 }) }
  }
  const nats = shownAddress(address)
  const bus = await openNatsBus({
    address,
    prefix: await readBusPrefix(database, loginRole),
    onTrouble: (err) => log.warn({ err, nats }, 'trouble with NATS'),
  })
  const sayState = (): void => {
    const state = bus.state()
    if (state.kind === 'cut') log.warn({ nats, reason: state.reason }, 'NATS is away: other processes are not reached')
    else log.info({ nats }, 'other processes are reached through NATS')
  }
  bus.watch((event) => {
    if (event.kind === 'cut' || event.kind === 'mended') sayState()
    else log.info({ process: event.node }, event.kind === 'peer-joined' ? 'another process came' : 'a process went')
  })
  sayState()
  return { bus, notices: noticesOf(bus.state(), nats), counts: () => bus.counts() }
}

function noticesOf(state: BusState, nats: string): readonly string[] {
  if (state.kind !== 'cut') return []
  return [
    `NATS at ${nats} cannot be reached (${state.reason}): Realtime serves the clients of this process alone until it can.`,
  ]
}
