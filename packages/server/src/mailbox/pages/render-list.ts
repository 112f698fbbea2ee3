// The page with all messages.

import type { MessageFilter } from '../mailbox.ts'
import type { MailboxMessage } from '../message.ts'
import { type Html, html } from './html.ts'
import { momentOf, renderPage } from './render-page.ts'

/** Seconds. */
const REFRESH = 3

/** The list, newest first; it loads itself again every few seconds. */
export function renderList(messages: readonly MailboxMessage[], filter: MessageFilter): string {
  const filtered = filter.recipient !== null || filter.channel !== null
  return renderPage({
    title: messages.length === 0 ? 'Mailbox' : `Mailbox (${messages.length})`,
    actions: messages.length === 0 || filtered ? null : clearButton,
    main: html`${filterForm(filter)}
      <div class="card">${messages.length === 0 ? nothing(filtered) : list(messages)}</div>`,
    refresh: REFRESH,
  })
}

const clearButton = html`<form method="post" action="/clear"><button>Delete all</button></form>`

function filterForm({ recipient, channel }: MessageFilter): Html {
  const choice = (value: string, text: string): Html =>
    html`<option value="${value}" ${(channel ?? '') === value ? html` selected` : null}>${text}</option>`
  return html`<form class="filter" method="get" action="/">
    <input name="recipient" value="${recipient ?? ''}" placeholder="Recipient" aria-label="Recipient" />
    <select name="channel" aria-label="Channel">
      ${choice('', 'All')}${choice('email', 'E-mail')}${choice('sms', 'SMS')}
    </select>
    <button>Show</button>
  </form>`
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
    <a href="/messages/${encodeURIComponent(id)}">
      <span class="tag">${channel === 'email' ? 'E-mail' : 'SMS'}</span>
      <span>${recipient}</span>
      <span>${subject || text}</span>
      <span class="quiet small">${momentOf(at)}</span>
    </a>
  </li>`
}
