import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    tenon: 'bin/tenon.js',
    'render-process': 'src/storage/images/rendering/render-process.ts',
    'md5-thread': 'src/storage/blobs/files/hashing/md5-thread.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  fixedExtension: false,
  dts: { entry: 'src/index.ts' },
  clean: true,
  copy: [
    { from: 'src/database/bootstrap/steps', to: 'dist' },
    { from: '../studio/dist', to: 'dist', rename: 'studio' },
  ],
  alias: { tenon: new URL('src/index.ts', import.meta.url).pathname },
  deps: { alwaysBundle: ['@tenon/cli', 'tenon', 'commander'] },
})
