// Which Chromium drives the tests: one that is installed, never one that a test tool would download.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macOs = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The browser named by CHROMIUM_PATH, else the first that is found. Throws where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const folders = (environment['PATH'] ?? '').split(delimiter)
  const named = environment['CHROMIUM_PATH']
  const places =
    named === undefined ? [...names.flatMap((name) => folders.map((folder) => join(folder, name))), macOs] : [named]
  const found = places.find(isExecutable)
  if (found !== undefined) return found
  throw new Error('The browser tests need Chromium: run scripts/install-browser.sh, or name one in CHROMIUM_PATH.')
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
