// A page with nothing on it but Clerk's scripts, for tests that mount one component after the other.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { RunningInstance } from '../../../packages/clerk/src/index.ts'

/** A page that is served until it is closed. Its `ready` resolves once clerk-js has loaded. */
export interface ClerkPage {
  readonly url: string
  close(): Promise<void>
}

/** Serves the page on a free port of this machine. */
export async function serveClerkPage(instance: RunningInstance): Promise<ClerkPage> {
  const html = pageOf(instance)
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pageOf({ frontendApiUrl, publishableKey }: RunningInstance): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>Components</title>
<div id="place"></div>
<script src="${frontendApiUrl}/npm/@clerk/ui@1/dist/ui.browser.js" crossorigin="anonymous"></script>
<script src="${frontendApiUrl}/npm/@clerk/clerk-js@6/dist/clerk.browser.js" crossorigin="anonymous"
  data-clerk-publishable-key="${publishableKey}" data-clerk-proxy-url="${frontendApiUrl}"></script>
<script>
  window.ready = window.Clerk.load({ ui: { ClerkUI: window.__internal_ClerkUICtor }, telemetry: false })
</script>`
}
