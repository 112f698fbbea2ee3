// Vitest's global setup of this folder: one stack, and the app built once and served beside it.

import type { TestProject } from 'vitest/node'

import { findChromium } from '../chromium/find-chromium.ts'
import { startStack } from '../../running-stack.ts'
import { appVariables, buildApp, startApp } from './next-app.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built app is served. */
    readonly appUrl: string
    /** What `tenon env` prints. */
    readonly appVariables: Readonly<Record<string, string>>
    /** What `tenon status -o json` says. */
    readonly besideLines: Readonly<Record<string, string>>
  }
}

/** Called by vitest once, before any test. Returns what stops everything. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium()
  await using starting = new AsyncDisposableStack()
  const stack = starting.use(await startStack())
  const variables = await appVariables(stack.folder)
  await buildApp(variables)
  const app = await startApp('start', variables)
  starting.defer(app.stop)
  project.provide('appUrl', app.url)
  project.provide('appVariables', variables)
  project.provide('besideLines', stack.lines)
  const started = starting.move()
  return async () => await started.disposeAsync()
}
