// The processes that render: as many as may at once, started when they are needed and ended when nobody needs them.

import { Refusal } from '../../../refusal/refusal.ts'
import { createTurns } from './create-turns.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'
import { type RenderProcess, RenderProcessEnded, startRenderProcess } from './start-render-process.ts'

interface RenderersOptions {
  /** Images rendered at the same time. */
  readonly concurrency: number
  /** Others that may wait. */
  readonly waiting: number
  /** Seconds an image may take, from its turn on. */
  readonly seconds: number
  readonly start?: () => RenderProcess
}

export interface Renderers {
  /**
   * `prepare` is asked for the order once it has its turn, so that whoever waits or is refused holds no original yet; null
   * where it has none. Refuses as `prepare`, and with `storage.images-busy`, `storage.image-invalid`,
   * `storage.image-too-slow`, `storage.images-unavailable`. Rejects with the signal's reason once it is aborted; the work
   * ends then.
   */
  render(prepare: Prepare, signal: AbortSignal): Promise<Rendered | null>
  close(): void
}

type Order = Omit<RenderOrder, 'seconds'>
export type Prepare = () => Promise<Order | null>
type Rendered = Extract<RenderOutcome, { readonly kind: 'rendered' }>

/** Milliseconds a process waits for its next image. */
const IDLE = 60_000
/** Milliseconds to start in, and to notice by itself that the time is over. */
const GRACE = 2000

export function openRenderers(options: RenderersOptions): Renderers {
  const { concurrency, waiting, seconds, start = () => startRenderProcess() } = options
  const turns = createTurns(concurrency, waiting)
  const all = new Set<RenderProcess>()
  const idle: { readonly renderer: RenderProcess; readonly end: NodeJS.Timeout }[] = []

  const taken = (): RenderProcess => {
    const resting = idle.pop()
    if (resting === undefined) {
      const renderer = start()
      all.add(renderer)
      return renderer
    }
    clearTimeout(resting.end)
    return resting.renderer.isRunning() ? resting.renderer : taken()
  }
  const ended = (renderer: RenderProcess): void => {
    all.delete(renderer)
    renderer.end()
  }
  const rested = (renderer: RenderProcess): void => {
    const end = setTimeout(() => {
      idle.splice(
        idle.findIndex((resting) => resting.renderer === renderer),
        1,
      )
      ended(renderer)
    }, IDLE)
    idle.push({ renderer, end: end.unref() })
  }
  const outcomeOf = async (order: Order, signal: AbortSignal): Promise<RenderOutcome> => {
    const renderer = taken()
    let outcome: RenderOutcome | null = null
    try {
      outcome = await within(renderer, { ...order, seconds }, signal)
      return outcome
    } finally {
      // One that found no sharp is asked no more: the next looks for it anew.
      if (outcome === null || outcome.kind === 'unavailable' || !renderer.isRunning()) ended(renderer)
      else rested(renderer)
    }
  }
  return {
    async render(prepare, signal) {
      const pass = await turns.take(signal)
      try {
        const order = await prepare()
        return order === null ? null : rendered(await outcomeOf(order, signal), seconds)
      } finally {
        pass()
      }
    },
    close() {
      for (const { end } of idle) clearTimeout(end)
      for (const renderer of all) renderer.end()
    },
  }
}

/** The process is ended where nobody waits for it any more, and where it does not keep to the time it has. */
async function within(renderer: RenderProcess, order: RenderOrder, signal: AbortSignal): Promise<RenderOutcome> {
  signal.throwIfAborted()
  let slow = false
  const timer = setTimeout(
    () => {
      slow = true
      renderer.end()
    },
    order.seconds * 1000 + GRACE,
  )
  const leave = (): void => renderer.end()
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await renderer.render(order)
  } catch (error) {
    signal.throwIfAborted()
    if (slow) return { kind: 'too-slow' }
    if (error instanceof RenderProcessEnded) return { kind: 'unreadable', said: error.message }
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}

function rendered(outcome: RenderOutcome, seconds: number): Rendered {
  switch (outcome.kind) {
    case 'rendered':
      return outcome
    case 'unreadable':
      throw new Refusal(
        'storage.image-invalid',
        { problem: 'unreadable' },
        { fix: 'The image is broken, or of a kind that is not rendered.', cause: outcome.said },
      )
    case 'too-many-pixels':
      throw new Refusal(
        'storage.image-invalid',
        { problem: 'too-many-pixels' },
        { fix: 'Upload a smaller image, or raise `pixels` in [storage.image_transformation].' },
      )
    case 'too-slow':
      throw new Refusal(
        'storage.image-too-slow',
        { seconds },
        { fix: 'Upload a smaller image, or ask for WebP instead of AVIF.' },
      )
    case 'unavailable':
      throw new Refusal(
        'storage.images-unavailable',
        { reason: outcome.said },
        { fix: `Install sharp with the binaries of this machine (npm install --include=optional): ${outcome.said}` },
      )
  }
}
