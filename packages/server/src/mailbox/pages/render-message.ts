// The page of one message. Its HTML stands in a frame that may run nothing and knows nothing of this page.

import type { MailboxMessage } from '../message.ts'
import { type Html, html } from '../../html/html.ts'
import { linkedText } from './linked-text.ts'
import { momentOf, renderPage } from './render-page.ts'

/** The message with its code and link where programs would read them, its text, and its HTML in a frame. */
export function renderMessage(message: MailboxMessage): string {
  const { id, recipient, subject, text, html: body } = message
  return renderPage({
    title: subject || `Message to ${recipient}`,
    actions: html`<a href="/">All messages</a>`,
    main: html`<article class="card">
      <div class="part">
        <h2>${subject || `Message to ${recipient}`}</h2>
        ${facts(message)}
      </div>
      ${shortcuts(message)}
      ${body === null ? null : html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${encodeURIComponent(id)}/html" title="The message as HTML"></iframe>`}
      <div class="part"><pre>${linkedText(text)}</pre></div>
    </article>`,
    refresh: null,
  })
}

/** The message's own HTML as a document of its own; its links open elsewhere. */
export function renderBody(body: string): string {
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${body}`
}

function facts({ recipient, channel, slug, source, created_at: at }: MailboxMessage): Html {
  return html`<dl class="small">
    <dt class="quiet">To</dt>
    <dd>${recipient}</dd>
    <dt class="quiet">Kind</dt>
    <dd>${channel === 'email' ? 'E-mail' : 'SMS'} · ${slug} · ${source}</dd>
    <dt class="quiet">Sent</dt>
    <dd>${momentOf(at)}</dd>
  </dl>`
}

function shortcuts({ data }: MailboxMessage): Html | null {
  const { code } = data
  const link = Object.values(data).find(isWebAddress)
  const hasCode = typeof code === 'string' && code !== ''
  if (!hasCode && link === undefined) return null
  return html`<div class="part">
    ${hasCode ? html`<span class="code">${code}</span> ` : null}${
      link === undefined
        ? null
        : html`<a class="button" href="${link}" target="_blank" rel="noopener noreferrer">Open the link</a>`
    }
  </div>`
}

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
}
