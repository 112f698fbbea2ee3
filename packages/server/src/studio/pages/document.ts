// What the pages of Studio's server have in common; Studio's own page is files of another package.

import { type Html, html } from '../../html/html.ts'

interface Page {
  readonly title: string
  readonly main: Html
  /** Loads the script that confirms a link by itself. */
  readonly script?: boolean
}

/** A whole document. It tells nothing of the project. */
export function renderDocument({ title, main, script = false }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sign-in.css" />
        ${script ? html`<script src="/sign-in.js" defer></script>` : null}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `.text
}
