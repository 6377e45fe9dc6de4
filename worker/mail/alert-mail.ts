import { env } from '../../resources/shared/env.server'
import { count, formatInstant } from '../../resources/shared/french'
import { troubleWords } from '../../resources/watch/fr'
import type { Alert } from '../../resources/watch/queries/alerts.server'
import { teamZone } from '../../resources/watch/rules'
import type { Words } from './agent-mails'

interface AlertMail {
  raised: readonly Alert[]
  lasting: readonly Alert[]
  ended: readonly Alert[]
}

/** The words of the mail that says what the team has to mend, null when nothing is left to say. */
export function alertWordsOf({ raised, lasting, ended }: AlertMail, at: Date): Words | null {
  if (raised.length + lasting.length + ended.length === 0) return null
  const since = (instant: Date) => formatInstant(instant, teamZone)
  const told = (title: string, alerts: readonly Alert[]) =>
    alerts.length === 0
      ? ''
      : `${title}\n\n${alerts
          .map(({ trouble, raisedAt }) => {
            const { title, advice } = troubleWords(trouble)
            return `- ${title}.\n  Depuis le ${since(raisedAt)}. ${advice}`
          })
          .join('\n\n')}\n\n`
  const over =
    ended.length === 0
      ? ''
      : `C’est terminé\u00a0:\n\n${ended
          .map(
            ({ trouble, raisedAt }) => `- ${troubleWords(trouble).title}.\n  Signalé le ${since(raisedAt)}.`,
          )
          .join('\n\n')}\n\n`
  return {
    subject: `[Mon Suivi Justice] ${subjectOf({ raised, lasting, ended })}`,
    text: `Bonjour,

Supervision du ${since(at)} (heure de Paris).

${told('À regarder\u00a0:', raised)}${told('Toujours en cours\u00a0:', lasting)}${over}Le détail\u00a0:
${env.PUBLIC_URL}/admin/resources/Organization/actions/supervision

Une alerte qui dure est rappelée toutes les six heures. Les adresses de cet e-mail sont un réglage (ALERT_EMAILS).

L’équipe Mon Suivi Justice
`,
  }
}

function subjectOf({ raised, lasting, ended }: AlertMail): string {
  if (raised.length > 0)
    return `Alerte\u00a0: ${count(raised.length, 'point à regarder', 'points à regarder')}`
  if (lasting.length > 0)
    return `Toujours en cours\u00a0: ${count(lasting.length, 'point à regarder', 'points à regarder')}`
  return ended.length > 1 ? 'Alertes terminées' : 'Alerte terminée'
}
