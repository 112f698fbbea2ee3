// Studio's page is built from sources; a clone that was installed without scripts does not have it yet.

import { html } from '../../html/html.ts'
import { renderDocument } from './document.ts'

/** How to build it. */
export const notBuiltPage = renderDocument({
  title: 'Studio is not built yet',
  main: html`<p>Build it in the repository, then load this page again:</p>
    <pre>npm run build -w @tenon/studio</pre>`,
})
