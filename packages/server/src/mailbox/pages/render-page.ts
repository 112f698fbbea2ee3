// What every page has: head, title, the way home.

import { type Html, html } from '../../html/html.ts'

interface Page {
  readonly title: string
  /** Stands at the right of the heading. */
  readonly actions: Html | null
  readonly main: Html
  /** Seconds after which the page loads itself again; null for never. */
  readonly refresh: number | null
}

/** A whole document. */
export function renderPage({ title, actions, main, refresh }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh === null ? null : html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <h1><a href="/">Mailbox</a></h1>
          <span class="space"></span>${actions}
        </header>
        <main>${main}</main>
      </body>
    </html> `.text
}

/** A moment as people read it, in UTC. */
export function momentOf(milliseconds: number): Html {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) return html``
  const iso = date.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`
}
