// The page with all messages.

import type { MessageFilter } from '../mailbox.ts'
import type { MailboxMessage } from '../message.ts'
import { type Html, html } from '../../html/html.ts'
import { momentOf, renderPage } from './render-page.ts'

/** Seconds. */
const REFRESH = 3

/** The list, newest first; it loads itself again every few seconds. */
export function renderList(messages: readonly MailboxMessage[], filter: MessageFilter): string {
  const filtered = filter.recipient !== null || filter.channel !== null
  return renderPage({
    title: messages.length === 0 ? 'Mailbox' : `Mailbox (${messages.length})`,
    actions: messages.length === 0 || filtered ? null : clearButton,
    main: html`${filterBar(filter)}
      <div class="card">${messages.length === 0 ? nothing(filtered) : list(messages)}</div>`,
    refresh: REFRESH,
  })
}

const clearButton = html`<form method="post" action="/clear"><button>Delete all</button></form>`

/** Links rather than fields, because the page loads itself again while somebody would be typing. */
function filterBar({ recipient, channel }: MessageFilter): Html {
  const choice = (value: MessageFilter['channel'], text: string): Html =>
    html`<a
      href="${listAddress({ recipient, channel: value })}"
      ${value === channel ? html` aria-current="page"` : null}
      >${text}</a
    >`
  const whose = html`<a href="${listAddress({ recipient: null, channel })}" title="Show everybody’s"
    >${recipient ?? ''} ✕</a
  >`
  return html`<nav class="filter">
    ${choice(null, 'All')}${choice('email', 'E-mail')}${choice('sms', 'SMS')}${recipient === null ? null : whose}
  </nav>`
}

function listAddress({ recipient, channel }: Pick<MessageFilter, 'recipient' | 'channel'>): string {
  const query = new URLSearchParams({ ...(recipient !== null && { recipient }), ...(channel !== null && { channel }) })
  return query.size === 0 ? '/' : `/?${query.toString()}`
}

function nothing(filtered: boolean): Html {
  const why = filtered
    ? 'Nothing here is for this recipient.'
    : 'Codes, links and invitations arrive here, and nowhere else.'
  return html`<div class="empty">
    <p>No messages yet</p>
    <p class="quiet small">${why}</p>
  </div>`
}

function list(messages: readonly MailboxMessage[]): Html {
  return html`<ul class="list">
    ${messages.map(item)}
  </ul>`
}

function item({ id, channel, recipient, subject, text, created_at: at }: MailboxMessage): Html {
  return html`<li>
    <span class="tag">${channel === 'email' ? 'E-mail' : 'SMS'}</span>
    <a class="plain" href="${listAddress({ recipient, channel: null })}" title="Show only hers">${recipient}</a>
    <a class="plain" href="/messages/${encodeURIComponent(id)}">${subject || text}</a>
    <span class="quiet small">${momentOf(at)}</span>
  </li>`
}
