// Plain text with its addresses made into links.

import { type Html, html } from '../../html/html.ts'

const ADDRESS = /https?:\/\/[^\s<>"']+/g

/** The text as HTML; only http and https become links, and they open elsewhere. */
export function linkedText(text: string): Html {
  const pieces: Html[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    pieces.push(html`${text.slice(from, match.index)}`, linkTo(match[0]))
    from = match.index + match[0].length
  }
  return html`${[...pieces, html`${text.slice(from)}`]}`
}

function linkTo(address: string): Html {
  return html`<a href="${address}" target="_blank" rel="noopener noreferrer">${address}</a>`
}
