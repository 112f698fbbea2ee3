// The process that renders: it waits for orders, one at a time, and ends with the server. Decoders are written in C and
// read what anybody uploads; what goes wrong in one ends this process and nothing else.

import type { RenderOrder, RenderOutcome } from './render-order.ts'

process.on('message', (order: RenderOrder) => {
  void answer(order)
})
// Not `exit`, which would wait for the image that is being decoded.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

async function answer(order: RenderOrder): Promise<void> {
  const outcome = await outcomeOf(order)
  process.send?.(outcome)
}

/** sharp comes with binaries for the usual machines only: it is loaded where it is needed, not where the server starts. */
async function outcomeOf(order: RenderOrder): Promise<RenderOutcome> {
  try {
    const { prepareSharp, renderImage } = await import('./render-image.ts')
    prepareSharp()
    return await renderImage(order)
  } catch (error) {
    return { kind: 'unavailable', said: error instanceof Error ? error.message : String(error) }
  }
}
