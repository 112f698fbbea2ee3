// Bursts of requests for the same work: it runs at once, and once more after if it was asked for meanwhile.

/**
 * Wraps `work` so that it never runs twice at a time. The returned function resolves (or rejects) with the first
 * run that began after the call, which any number of callers share.
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let following: Promise<void> | undefined

  function begin(): Promise<void> {
    following = undefined
    running = work().finally(() => {
      running = undefined
    })
    return running
  }

  return () => {
    if (running === undefined) return begin()
    following ??= running.then(begin, begin)
    return following
  }
}
