import { createTransport, type Transporter } from 'nodemailer'
import * as z from 'zod'
import { htmlOf, subjectOf, textOf, type Letter } from '../../resources/mail/letter.server'
import { putInOutbox } from '../../resources/outbox/commands.server'
import type { SystemActor } from '../../resources/shared/actor'
import { env } from '../../resources/shared/env.server'
import { transact } from '../../resources/shared/transact.server'

interface Mail {
  to: string
  letter: Letter
  /** Our own reference: a message of the same reference is the same message. */
  reference: string
}

/** `refused`: by the relay, and it would be again. */
type MailOutcome = 'handed_over' | 'kept' | 'refused'

const from = { name: 'Mon Suivi Justice', address: env.MAIL_FROM }

let relay: { url: string; transport: Transporter } | undefined

/** Its connections carry one mail after the other. */
function transportTo(url: string): Transporter {
  if (relay?.url !== url) {
    relay?.transport.close()
    const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
    relay = { url, transport: createTransport({ url, pool: true, maxConnections: 2, ...patience }) }
  }
  return relay.transport
}

/**
 * Hands a mail to the relay, or keeps it in the outbox where none is set.
 *
 * @throws when the relay is away or asks for patience: the job tries again.
 */
export async function sendMail(actor: SystemActor, { to, letter, reference }: Mail): Promise<MailOutcome> {
  const mail = { subject: subjectOf(letter), text: textOf(letter), html: htmlOf(letter) }
  if (env.SMTP_URL) {
    const { hostname } = new URL(env.PUBLIC_URL)
    try {
      await transportTo(env.SMTP_URL).sendMail({
        ...{ ...mail, from, to, messageId: `<${reference}@${hostname}>` },
        // Nobody answers it, and no absent agent's mailbox should.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return 'handed_over'
    } catch (error) {
      if (refusal.safeParse(error).success) return 'refused'
      throw error
    }
  }
  const { subject, text, html } = mail
  await transact(actor, (ctx) =>
    putInOutbox(ctx, {
      ...{ channel: 'email', sender: env.MAIL_FROM, recipient: to },
      ...{ subject, body: text, html, reference },
    }),
  )
  return 'kept'
}

/** Of this address, or of this mail: to sign in or to be believed a sender is mended by people, and is tried again. */
const refusal = z.object({
  code: z.enum(['EENVELOPE', 'EMESSAGE']),
  command: z.enum(['RCPT TO', 'DATA']),
  responseCode: z.number().min(500),
})
