import { createTransport } from 'nodemailer'
import { putInOutbox } from '../../resources/outbox/commands.server'
import type { SystemActor } from '../../resources/shared/actor'
import { env } from '../../resources/shared/env.server'
import { transact } from '../../resources/shared/transact.server'

export interface Mail {
  to: string
  subject: string
  text: string
  /** Our own reference: a message of the same reference is the same message. */
  reference: string
}

const from = { name: 'Mon Suivi Justice', address: env.MAIL_FROM }

/** Sends a mail, or keeps it in the outbox where no SMTP server is set. */
export async function sendMail(actor: SystemActor, { to, subject, text, reference }: Mail): Promise<void> {
  if (env.SMTP_URL) {
    const smtp = createTransport({ url: env.SMTP_URL, connectionTimeout: 10_000, socketTimeout: 20_000 })
    const { hostname } = new URL(env.PUBLIC_URL)
    await smtp.sendMail({ from, to, subject, text, messageId: `<${reference}@${hostname}>` })
    return
  }
  await transact(actor, (ctx) =>
    putInOutbox(ctx, {
      channel: 'email',
      sender: env.MAIL_FROM,
      recipient: to,
      subject,
      body: text,
      reference,
    }),
  )
}
