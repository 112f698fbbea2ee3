// The messages that carry a code or a link.

import { escapeHtml } from '../../http/escape-html.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { NewMessage } from './record-message.ts'

/** A code on its way; `strategy` decides what it is called. */
export interface SentCode {
  readonly strategy: string
  readonly channel: 'email' | 'sms'
  readonly recipient: string
  readonly userId: string | null
  readonly code: string
}

/** The message with a one-time code; `data.otp_code` is the code. */
export function codeMessage(instance: Instance, { strategy, channel, recipient, userId, code }: SentCode): NewMessage {
  const application = instance.applicationName
  const reset = strategy.startsWith('reset_password_')
  const what = reset ? 'code to reset your password' : 'verification code'
  return {
    channel,
    recipient,
    slug: reset ? 'reset_password_code' : 'verification_code',
    subject: `${code} is your ${what}`,
    bodyText: `${code} is your ${what} for ${application}. It works for ten minutes. If you did not ask for it, ignore this message.\n`,
    bodyHtml:
      channel === 'sms'
        ? null
        : page(
            `Your ${what}`,
            `<p>Enter this code at ${escapeHtml(application)}:</p>
<p style="font-size:2em;letter-spacing:.2em"><strong>${code}</strong></p>
<p>It works for ten minutes. If you did not ask for it, ignore this message.</p>`,
          ),
    data: { otp_code: code, app_name: application, requested_at: instance.store.now() },
    userId,
  }
}

/** The letter with a link that verifies the address; `data.magic_link` is the link. */
export function linkLetter(
  instance: Instance,
  { recipient, userId, link }: { readonly recipient: string; readonly userId: string | null; readonly link: string },
): NewMessage {
  const application = instance.applicationName
  const subject = `Continue to ${application}`
  return {
    channel: 'email',
    recipient,
    slug: 'magic_link',
    subject,
    bodyText: `Open this link in the browser you came from; it works for ten minutes:\n\n${link}\n\nIf you did not ask for it, ignore this message.\n`,
    bodyHtml: page(
      subject,
      `<p><a href="${escapeHtml(link)}">${escapeHtml(subject)}</a></p>
<p>Open the link in the browser you came from; it works for ten minutes. If you did not ask for it, ignore this message.</p>`,
    ),
    data: { magic_link: link, app_name: application, requested_at: instance.store.now() },
    userId,
  }
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><body style="font-family:sans-serif;max-width:32em;margin:2em auto">
<h1 style="font-size:1.3em">${escapeHtml(title)}</h1>
${body}
</body></html>`
}
