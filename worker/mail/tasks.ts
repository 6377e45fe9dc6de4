import { sendAccountMail, sendAgentMail, sendTransferMail } from '../../resources/agent/jobs'
import { holderOfAccount, mailOfLink } from '../../resources/agent/queries/actor.server'
import { sendImportReport } from '../../resources/import/jobs'
import { mailOfImport } from '../../resources/import/queries/report.server'
import { endMailPrefix, sendDivestmentEnd, sendDivestmentsWaiting } from '../../resources/divestment/jobs'
import { endMail, waitingMail } from '../../resources/divestment/queries/mail.server'
import { sendProposalAnswer } from '../../resources/message/template/jobs'
import { proposalMail } from '../../resources/message/template/queries/proposals.server'
import { sendRelocationReport } from '../../resources/place-relocation/jobs'
import { reportOfRelocation } from '../../resources/place-relocation/queries/report.server'
import { transferMail } from '../../resources/agent/queries/transfer-mail.server'
import { sendRetentionReport } from '../../resources/retention/jobs'
import { retentionReport } from '../../resources/retention/queries/report.server'
import { read } from '../../resources/shared/transact.server'
import { env } from '../../resources/shared/env.server'
import { sendAlertMail } from '../../resources/watch/jobs'
import { alertsOfMail } from '../../resources/watch/queries/alerts.server'
import { task } from '../task'
import { accountWordsOf, transferWordsOf, wordsOf } from './agent-mails'
import { importWordsOf } from './import-mail'
import { alertWordsOf } from './alert-mail'
import { endWordsOf, waitingWordsOf } from './divestment-mails'
import { proposalWordsOf } from './proposal-mail'
import { relocationWordsOf } from './relocation-mail'
import { retentionWordsOf } from './retention-mail'
import { sendMail } from './provider'

export const mailTasks = {
  [sendAgentMail.name]: task(sendAgentMail, async ({ tokenId }, actor) => {
    const mail = await read(actor, (ctx) => mailOfLink(ctx, tokenId))
    // The link has served or is over: the mail has nothing left to say.
    if (mail) await sendMail(actor, { to: mail.to, ...wordsOf(mail), reference: `agent-mail-${tokenId}` })
  }),
  [sendAccountMail.name]: task(sendAccountMail, async ({ agentId, template, at }, actor) => {
    const mail = await read(actor, (ctx) => holderOfAccount(ctx, agentId))
    const instant = new Date(at)
    const reference = `account-mail-${agentId}-${template}-${instant.getTime()}`
    if (mail) await sendMail(actor, { to: mail.to, ...accountWordsOf(template, mail, instant), reference })
  }),
  [sendTransferMail.name]: task(sendTransferMail, async (payload, actor) => {
    const mail = await read(actor, (ctx) => transferMail(ctx, payload))
    const { agentId, recipientId, at } = payload
    const reference = `transfer-mail-${agentId}-${recipientId}-${new Date(at).getTime()}`
    if (mail) await sendMail(actor, { to: mail.to, ...transferWordsOf(mail), reference })
  }),
  [sendRelocationReport.name]: task(sendRelocationReport, async ({ relocationId }, actor) => {
    const report = await read(actor, (ctx) => reportOfRelocation(ctx, relocationId))
    const reference = `place-relocation-${relocationId}`
    if (report) await sendMail(actor, { to: report.to, ...relocationWordsOf(report), reference })
  }),
  [sendRetentionReport.name]: task(sendRetentionReport, async ({ agentId, night }, actor) => {
    const at = new Date(night)
    const report = await read(actor, (ctx) => retentionReport(ctx, { agentId, night: at }))
    const reference = `retention-${agentId}-${at.getTime()}`
    if (report) await sendMail(actor, { to: report.to, ...retentionWordsOf(report), reference })
  }),
  [sendImportReport.name]: task(sendImportReport, async ({ importId }, actor) => {
    const mail = await read(actor, (ctx) => mailOfImport(ctx, importId))
    const reference = `import-${importId}`
    if (mail) await sendMail(actor, { to: mail.to, ...importWordsOf(mail), reference })
  }),
  [sendProposalAnswer.name]: task(sendProposalAnswer, async (payload, actor) => {
    const mail = await read(actor, (ctx) => proposalMail(ctx, payload))
    const reference = `text-proposal-${payload.proposalId}`
    if (mail) await sendMail(actor, { to: mail.to, ...proposalWordsOf(mail), reference })
  }),
  [sendDivestmentsWaiting.name]: task(sendDivestmentsWaiting, async (payload, actor) => {
    const mail = await read(actor, (ctx) => waitingMail(ctx, payload))
    const { organizationId, recipientId, at } = payload
    const reference = `divestments-waiting-${organizationId}-${recipientId ?? 'mailbox'}-${new Date(at).getTime()}`
    if (mail) await sendMail(actor, { to: mail.to, ...waitingWordsOf(mail), reference })
  }),
  [sendDivestmentEnd.name]: task(sendDivestmentEnd, async (payload, actor) => {
    const mail = await read(actor, (ctx) => endMail(ctx, payload))
    const words = mail && endWordsOf(mail)
    const reference = `${endMailPrefix(payload.divestmentId)}${payload.recipientId}`
    if (words) await sendMail(actor, { to: mail.to, ...words, reference })
  }),
  [sendAlertMail.name]: task(sendAlertMail, async ({ recipient, at, ...ids }, actor) => {
    // The address may have left the settings since.
    const to = env.ALERT_EMAILS?.[recipient]
    const instant = new Date(at)
    const words = alertWordsOf(await read(actor, (ctx) => alertsOfMail(ctx, ids)), instant)
    if (to && words)
      await sendMail(actor, { to, ...words, reference: `alert-${instant.getTime()}-${recipient}` })
  }),
}
