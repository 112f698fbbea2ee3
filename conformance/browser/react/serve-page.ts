// Vite's development server with the page, told how to reach the Frontend API.

import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createServer } from 'vite'

/** The ways to reach it: through the page's own server, or at its own address. */
export type Reach = 'own server' | 'own address'

interface PageServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Serves the page on a free port. */
export async function servePage(reach: Reach, variables: Readonly<Record<string, string>>): Promise<PageServer> {
  const { CLERK_FAPI_URL = '', NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY = '' } = variables
  const environment = {
    CLERK_PUBLISHABLE_KEY: NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
    // An address of plain http is not guessed: the SDK's own guess is https.
    ...(reach === 'own server'
      ? { CLERK_PROXY_URL: '/__clerk' }
      : {
          CLERK_PROXY_URL: CLERK_FAPI_URL,
          CLERK_JS_URL: `${CLERK_FAPI_URL}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`,
          CLERK_UI_URL: `${CLERK_FAPI_URL}/npm/@clerk/ui@1/dist/ui.browser.js`,
        }),
  }
  const server = await createServer({
    root: import.meta.dirname,
    configFile: false,
    cacheDir: join(tmpdir(), `tenon-react-page-${process.pid}`),
    logLevel: 'error',
    // What is found only while the page loads makes Vite load it again, in the middle of a test.
    optimizeDeps: { include: ['@clerk/react', 'react', 'react-dom/client'] },
    define: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [`import.meta.env.VITE_${name}`, JSON.stringify(value)]),
    ),
    server: {
      host: 'localhost',
      port: 0,
      proxy: { '/__clerk': { target: CLERK_FAPI_URL, rewrite: (path) => path.replace('/__clerk', '') } },
    },
  })
  await server.listen()
  return { url: server.resolvedUrls?.local[0] ?? '', close: async () => await server.close() }
}
