// The bus of a process that is alone.

import { randomUUID } from 'node:crypto'

import type { Bus } from './bus.ts'

export function createLocalBus(): Bus {
  return {
    node: randomUUID(),
    peers: () => [],
    publish: nothing,
    subscribe: () => nothing,
    watch: () => nothing,
    close: async () => undefined,
  }
}

function nothing(): void {}
