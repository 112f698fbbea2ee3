// The bus over NATS. Publishing while NATS is away is dropped and told of; nothing waits for it, and the process serves its
// own clients meanwhile.

import { randomUUID } from 'node:crypto'

import type { Bus, BusEvent } from '../bus.ts'
import type { NatsAddress } from './connection/nats-address.ts'
import { type LinkCounts, type LinkState, openNatsLink } from './connection/nats-link.ts'
import { createAssembler, createFramer } from './frames.ts'
import { createPeers, TICK } from './peers.ts'
import { natsSubject, peersSubject } from './subjects.ts'

export interface NatsBus extends Bus {
  counts(): LinkCounts
}

export interface NatsBusOptions {
  readonly address: NatsAddress
  /** Begins every subject; processes with another one are of another project. */
  readonly prefix: string
  /** A listener threw, or NATS refuses something: for the log. */
  readonly onTrouble: (error: unknown) => void
}

type Hear = (payload: Uint8Array, from: string) => void

/** Said on the peers' subject. A newcomer's question makes the others known to it before their next tick. */
const LIVES = Buffer.from('lives')
const ASKS = Buffer.from('asks')
const ENDS = Buffer.from('ends')

/** Resolves after the first attempt to connect, whether it succeeded or not. */
export async function openNatsBus({ address, prefix, onTrouble }: NatsBusOptions): Promise<NatsBus> {
  const node = randomUUID()
  const frame = createFramer(node)
  const peers = createPeers()
  const watchers = new Set<(event: BusEvent) => void>()
  const tell = (event: BusEvent): void => {
    for (const hear of watchers) guarded(() => hear(event), onTrouble)
  }
  const say = (words: Uint8Array): void => link.publish(peersSubject(prefix), (most) => frame(words, most))
  const onChange = (state: LinkState): void => {
    if (state.kind === 'connected') say(ASKS)
    tell({ kind: state.kind === 'cut' ? 'cut' : 'mended' })
  }
  const link = openNatsLink({ address, name: `tenon ${node}`, onChange, onTrouble })
  const subscribe = (subject: string, hear: Hear): (() => void) => {
    const assembler = createAssembler()
    return link.subscribe(subject, (bytes) => {
      const message = assembler.take(bytes)
      if (message !== null) guarded(() => hear(message.payload, message.from), onTrouble)
    })
  }
  subscribe(peersSubject(prefix), (payload, from) => {
    const ends = ENDS.equals(payload)
    if (ends && peers.ended(from)) tell({ kind: 'peer-left', node: from })
    if (!ends && peers.heard(from)) tell({ kind: 'peer-joined', node: from })
    if (ASKS.equals(payload)) say(LIVES)
  })
  const ticking = setInterval(() => {
    say(LIVES)
    for (const gone of peers.tick()) tell({ kind: 'peer-left', node: gone })
  }, TICK).unref()
  await link.opened
  return {
    node,
    peers: () => peers.known(),
    publish: (subject, payload) => link.publish(natsSubject(prefix, subject), (most) => frame(payload, most)),
    subscribe: (subject, hear) => subscribe(natsSubject(prefix, subject), hear),
    settled: async () => await link.settled(),
    watch(hear) {
      watchers.add(hear)
      return () => void watchers.delete(hear)
    },
    state: () => link.state(),
    counts: () => link.counts(),
    async close() {
      clearInterval(ticking)
      watchers.clear()
      say(ENDS)
      await link.close()
    },
  }
}

/** A listener that throws must not end the connection that it listens to. */
function guarded(work: () => void, onTrouble: (error: unknown) => void): void {
  try {
    work()
  } catch (error) {
    onTrouble(error)
  }
}
