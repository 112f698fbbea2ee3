// How what was read is remembered: until something changes it, and anew when the window is looked at again.

import { QueryClient } from '@tanstack/react-query'

import { RequestRefused } from './request.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What was refused is refused again; only a server that did not answer is asked once more.
      retry: (failures, error) => failures < 1 && error instanceof RequestRefused && error.status === 0,
    },
  },
})
