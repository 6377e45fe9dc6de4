import type { Task } from 'graphile-worker'
import type * as z from 'zod'
import { sendAccountMail, sendAgentMail, sendTransferMail } from '../../resources/agent/jobs'
import { holderOfAccount, mailOfLink } from '../../resources/agent/queries/actor.server'
import { transferMail } from '../../resources/agent/queries/transfer-mail.server'
import { endMailPrefix, sendDivestmentEnd, sendDivestmentsWaiting } from '../../resources/divestment/jobs'
import { endMail, waitingMail } from '../../resources/divestment/queries/mail.server'
import { sendImportReport } from '../../resources/import/jobs'
import { mailOfImport } from '../../resources/import/queries/report.server'
import { recordJobRun } from '../../resources/job-run/commands.server'
import type { Letter } from '../../resources/mail/letter.server'
import { accountLetter, linkLetter, transferLetter } from '../../resources/mail/letters/agent.server'
import { alertLetter } from '../../resources/mail/letters/alert.server'
import { endLetter, waitingLetter } from '../../resources/mail/letters/divestment.server'
import { importLetter } from '../../resources/mail/letters/import.server'
import { proposalLetter } from '../../resources/mail/letters/proposal.server'
import { pageReminderLetter } from '../../resources/mail/letters/public-page.server'
import { relocationLetter } from '../../resources/mail/letters/relocation.server'
import { retentionLetter } from '../../resources/mail/letters/retention.server'
import {
  siteRequestAnswerLetter,
  siteRequestNoticeLetter,
  siteRequestReceiptLetter,
} from '../../resources/mail/letters/site-request.server'
import { sendProposalAnswer } from '../../resources/message/template/jobs'
import { proposalMail } from '../../resources/message/template/queries/proposals.server'
import { sendRelocationReport } from '../../resources/place-relocation/jobs'
import { reportOfRelocation } from '../../resources/place-relocation/queries/report.server'
import { sendPageReminder } from '../../resources/public-page/jobs'
import { pageReminder } from '../../resources/public-page/queries/reminder.server'
import { sendRetentionReport } from '../../resources/retention/jobs'
import { retentionReport } from '../../resources/retention/queries/report.server'
import type { Context } from '../../resources/shared/context'
import type { Job } from '../../resources/shared/enqueue.server'
import { env } from '../../resources/shared/env.server'
import { log } from '../../resources/shared/log.server'
import { read, transact } from '../../resources/shared/transact.server'
import {
  sendSiteRequestAnswer,
  sendSiteRequestNotice,
  sendSiteRequestReceipt,
} from '../../resources/site-request/jobs'
import { answerMail, noticeMail, receiptMail } from '../../resources/site-request/queries/mail.server'
import { sendAlertMail } from '../../resources/watch/jobs'
import { alertsOfMail } from '../../resources/watch/queries/alerts.server'
import { task } from '../task'
import { sendMail } from './provider'

/**
 * The task of a mail: what it tells is read as it leaves, and nothing leaves when there is nothing left to say, or
 * nobody to say it to. One line in the job log for each, which names no one.
 */
function mail<Payload extends z.ZodType, News extends { to: string }>(
  job: Job<Payload>,
  {
    reads,
    says,
    reference,
  }: {
    reads: (ctx: Context, payload: z.output<Payload>) => Promise<News | null>
    says: (news: News, payload: z.output<Payload>) => Letter | null
    /** The same for the same mail, however often its job runs. */
    reference: (payload: z.output<Payload>) => string
  },
): Task {
  return task(job, async (payload, actor) => {
    const { news, startedAt } = await read(actor, async (ctx) => ({
      news: await reads(ctx, payload),
      startedAt: ctx.now,
    }))
    const letter = news && says(news, payload)
    if (!letter) return
    const sent = { to: news.to, letter, reference: reference(payload) }
    const outcome = await sendMail(actor, sent)
    const refused = outcome === 'refused'
    log[refused ? 'error' : 'info']({ reference: sent.reference, outcome }, 'mail')
    const counts = refused ? { handled: 0, leftOut: 1 } : { handled: 1 }
    await transact(actor, (ctx) => recordJobRun(ctx, { task: job.name, startedAt, ...counts }))
  })
}

const stamp = (at: string) => new Date(at).getTime()

export const mailTasks = {
  [sendAgentMail.name]: mail(sendAgentMail, {
    // Null when the link has served or is over.
    reads: (ctx, { tokenId }) => mailOfLink(ctx, tokenId),
    says: linkLetter,
    reference: ({ tokenId }) => `agent-mail-${tokenId}`,
  }),
  [sendAccountMail.name]: mail(sendAccountMail, {
    reads: (ctx, { agentId }) => holderOfAccount(ctx, agentId),
    says: (news, { template, at }) => accountLetter(template, news, new Date(at)),
    reference: ({ agentId, template, at }) => `account-mail-${agentId}-${template}-${stamp(at)}`,
  }),
  [sendTransferMail.name]: mail(sendTransferMail, {
    reads: transferMail,
    says: transferLetter,
    reference: ({ agentId, recipientId, at }) => `transfer-mail-${agentId}-${recipientId}-${stamp(at)}`,
  }),
  [sendRelocationReport.name]: mail(sendRelocationReport, {
    reads: (ctx, { relocationId }) => reportOfRelocation(ctx, relocationId),
    says: relocationLetter,
    reference: ({ relocationId }) => `place-relocation-${relocationId}`,
  }),
  [sendRetentionReport.name]: mail(sendRetentionReport, {
    reads: (ctx, { agentId, night }) => retentionReport(ctx, { agentId, night: new Date(night) }),
    says: retentionLetter,
    reference: ({ agentId, night }) => `retention-${agentId}-${stamp(night)}`,
  }),
  [sendPageReminder.name]: mail(sendPageReminder, {
    reads: pageReminder,
    says: pageReminderLetter,
    reference: ({ pageId, agentId, at }) => `page-reminder-${pageId}-${agentId}-${stamp(at)}`,
  }),
  [sendImportReport.name]: mail(sendImportReport, {
    reads: (ctx, { importId }) => mailOfImport(ctx, importId),
    says: importLetter,
    reference: ({ importId }) => `import-${importId}`,
  }),
  [sendDivestmentsWaiting.name]: mail(sendDivestmentsWaiting, {
    reads: waitingMail,
    says: waitingLetter,
    reference: ({ organizationId, recipientId, at }) =>
      `divestments-waiting-${organizationId}-${recipientId ?? 'mailbox'}-${stamp(at)}`,
  }),
  [sendProposalAnswer.name]: mail(sendProposalAnswer, {
    reads: proposalMail,
    says: proposalLetter,
    reference: ({ proposalId }) => `text-proposal-${proposalId}`,
  }),
  [sendDivestmentEnd.name]: mail(sendDivestmentEnd, {
    reads: endMail,
    says: endLetter,
    reference: ({ divestmentId, recipientId }) => `${endMailPrefix(divestmentId)}${recipientId}`,
  }),
  [sendSiteRequestNotice.name]: mail(sendSiteRequestNotice, {
    reads: noticeMail,
    says: siteRequestNoticeLetter,
    reference: ({ requestId }) => `site-request-${requestId}-notice`,
  }),
  [sendSiteRequestReceipt.name]: mail(sendSiteRequestReceipt, {
    reads: receiptMail,
    says: siteRequestReceiptLetter,
    reference: ({ requestId }) => `site-request-${requestId}-receipt`,
  }),
  [sendSiteRequestAnswer.name]: mail(sendSiteRequestAnswer, {
    reads: answerMail,
    says: siteRequestAnswerLetter,
    reference: ({ requestId, step }) => `site-request-${requestId}-answer-${step}`,
  }),
  [sendAlertMail.name]: mail(sendAlertMail, {
    reads: async (ctx, { recipient, ...ids }) => {
      // The address may have left the settings since.
      const to = env.ALERT_EMAILS?.[recipient]
      return to === undefined ? null : { to, ...(await alertsOfMail(ctx, ids)) }
    },
    says: (news, { at }) => alertLetter(news, new Date(at)),
    reference: ({ recipient, at }) => `alert-${stamp(at)}-${recipient}`,
  }),
}
