import { sendAgentMail } from '../../resources/agent/jobs'
import { mailOfLink } from '../../resources/agent/queries/actor.server'
import { read } from '../../resources/shared/transact.server'
import { task } from '../task'
import { wordsOf } from './agent-mails'
import { sendMail } from './provider'

export const mailTasks = {
  [sendAgentMail.name]: task(sendAgentMail, async ({ tokenId }, actor) => {
    const mail = await read(actor, (ctx) => mailOfLink(ctx, tokenId))
    // The link has served or is over: the mail has nothing left to say.
    if (mail) await sendMail(actor, { to: mail.to, ...wordsOf(mail), reference: `agent-mail-${tokenId}` })
  }),
}
