import { join } from 'node:path'

import { defineConfig } from 'tsdown'

import { bundleNames, findBundle } from './src/frontend-api/scripts/bundle-files.ts'

/** Clerk's browser scripts travel with the package, each with its licence, so that a started server needs no other. */
const scripts = bundleNames.flatMap((name) => {
  const { folder, entry, chunks } = findBundle(name)
  const files = [entry, ...chunks].map((file) => join(folder, file))
  return [...files, join(folder, '..', 'LICENSE')].map((from) => ({ from, to: `dist/bundles/${name}` }))
})

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: true,
  clean: true,
  copy: scripts,
})
