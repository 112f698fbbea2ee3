// Who else lives: each process tells so at every tick, and one that was silent for several of our own ticks is gone. Counted
// in ticks and not in seconds, so that a process that stood still itself does not take all others for dead.

/** Milliseconds between ticks. */
export const TICK = 500

/** Silent ticks after which a process is gone: noticed within two seconds. */
const PATIENCE = 3

export interface Peers {
  known(): readonly string[]
  /** It lives. True where it was not known before. */
  heard(node: string): boolean
  /** It says that it ends. True where it was known. */
  ended(node: string): boolean
  /** Those that have been silent for too long; they are no longer known. */
  tick(): readonly string[]
}

export function createPeers(): Peers {
  const silence = new Map<string, number>()
  return {
    known: () => [...silence.keys()],
    heard(node) {
      const isNew = !silence.has(node)
      silence.set(node, 0)
      return isNew
    },
    ended: (node) => silence.delete(node),
    tick() {
      for (const [node, ticks] of silence) silence.set(node, ticks + 1)
      const gone = [...silence].filter(([, ticks]) => ticks > PATIENCE).map(([node]) => node)
      for (const node of gone) silence.delete(node)
      return gone
    },
  }
}
