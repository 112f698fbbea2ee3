// The bus of a process that is alone.

import { randomUUID } from 'node:crypto'

import type { Bus } from './bus.ts'

export function createLocalBus(): Bus {
  return {
    node: randomUUID(),
    peers: () => [],
    publish: nothing,
    subscribe: () => nothing,
    settled: async () => undefined,
    watch: () => nothing,
    state: () => ({ kind: 'alone' }),
    close: async () => undefined,
  }
}

function nothing(): void {}
