import type { RequestHandler } from 'express'
import { htmlOf } from '../../resources/mail/letter.server'
import { sampleMails } from '../../resources/mail/samples.server'
import { outboxHtml } from '../../resources/outbox/queries.server'
import { isProduction } from '../../resources/shared/env.server'
import { read } from '../../resources/shared/transact.server'
import { visitor } from '../door.server'
import { answer } from './answers'

/** A mail of the outbox, or one of the samples, alone on its page as a reader of mail shows it. */
export const mails: RequestHandler<{ mail: string }> = async (req, res, next) => {
  try {
    const html = isProduction ? null : await htmlNamed(req.params.mail)
    if (html === null) return answer(req, res, 404)
    res
      .set({
        // Its styles are within its tags; it has nothing else.
        'Content-Security-Policy':
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'Cache-Control': 'private, no-store',
        'X-Robots-Tag': 'noindex, nofollow',
      })
      .type('html')
      .send(html)
  } catch (error) {
    next(error)
  }
}

async function htmlNamed(mail: string): Promise<string | null> {
  if (/^\d{1,9}$/.test(mail)) return read(visitor, (ctx) => outboxHtml(ctx, Number(mail)))
  const letter = sampleMails().find(({ name }) => name === mail)?.letter
  return letter ? htmlOf(letter) : null
}
