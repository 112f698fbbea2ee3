// What `POST /query` is asked.

import { z } from 'zod'

import { runAs } from '../../request/run-as.ts'
import { textOf } from '../../request/text.ts'

/** Rows a page can hold; whoever wants all exports them. */
const MOST_ROWS = 50_000
const DEFAULT_ROWS = 1000
/** Milliseconds. */
const LONGEST = 600_000
const DEFAULT_TIME = 60_000

/** `POST /query`. */
export const runRequest = z.object({
  sql: textOf('SQL'),
  as: runAs,
  /** Names the run, so that it can be cancelled. */
  id: z
    .string()
    .min(1)
    .max(64)
    .default(() => crypto.randomUUID()),
  /** Rows kept of each statement. */
  limit: z.int().min(1).max(MOST_ROWS).default(DEFAULT_ROWS),
  readOnly: z.boolean().default(false),
  /** `analyze` runs what it explains; everything is undone afterwards either way. */
  explain: z.enum(['plan', 'analyze']).nullable().default(null),
  /** For each statement. Milliseconds. */
  timeout: z.int().min(1).max(LONGEST).default(DEFAULT_TIME),
})

export type RunRequest = z.infer<typeof runRequest>
export type Explain = NonNullable<RunRequest['explain']>
