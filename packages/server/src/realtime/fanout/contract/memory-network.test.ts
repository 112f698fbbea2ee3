import { describe } from 'vitest'

import { busContract } from './bus.contract.ts'
import { createMemoryNetwork } from './memory-network.test-support.ts'

describe('the bus of tests', () => {
  const network = createMemoryNetwork()
  busContract({
    open: async () => network.open(),
    kill: async (bus) => network.kill(bus),
    cut: async (bus) => network.cut(bus),
    mend: async (bus) => network.mend(bus),
  })
})
