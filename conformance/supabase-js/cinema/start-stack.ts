// Vitest's global setup of this folder: one running stack with the cinema for all of its files.

import type { TestProject } from 'vitest/node'

import { startStack } from '../../running-stack.ts'
import { CINEMA } from './schema.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `tenon status -o json` says. */
    readonly stackLines: Readonly<Record<string, string>>
  }
}

/** Called by vitest once, before any test. Returns what stops the stack. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack({ files: CINEMA })
  project.provide('stackLines', stack.lines)
  return async () => await stack[Symbol.asyncDispose]()
}
