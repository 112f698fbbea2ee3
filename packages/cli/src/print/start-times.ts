// How long starting took.

import type { StartTimes } from 'tenon'

/** One sentence with both times where there are two. */
export function renderStartTimes({ first, later }: StartTimes): string {
  if (later === null) return `First start, from an empty folder to the first answered request: ${seconds(first)}.`
  return `Started in ${seconds(later)}, to the first answered request (the first start took ${seconds(first)}).`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
