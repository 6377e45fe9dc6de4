import { env } from '../../shared/env.server'
import { count, formatInstant } from '../../shared/french'
import { troubleWords } from '../../watch/fr'
import type { Alert } from '../../watch/queries/alerts.server'
import { teamZone } from '../../watch/rules'
import type { Block, Letter } from '../letter.server'

interface AlertMail {
  raised: readonly Alert[]
  lasting: readonly Alert[]
  ended: readonly Alert[]
}

/** The mail that says what the team has to mend, null when nothing is left to say. */
export function alertLetter({ raised, lasting, ended }: AlertMail, at: Date): Letter | null {
  if (raised.length + lasting.length + ended.length === 0) return null
  const since = (instant: Date) => formatInstant(instant, teamZone)
  const told = (title: string, alerts: readonly Alert[], says: (alert: Alert) => string): Block[] =>
    alerts.length === 0 ? [] : [title, alerts.map(says)]
  const stands = ({ trouble, raisedAt }: Alert) => {
    const { title, advice } = troubleWords(trouble)
    return `${title}.\n  Depuis le ${since(raisedAt)}. ${advice}`
  }
  return {
    subject: subjectOf({ raised, lasting, ended }),
    firstName: null,
    blocks: [
      `Supervision du ${since(at)} (heure de Paris).`,
      ...told('À regarder\u00a0:', raised, stands),
      ...told('Toujours en cours\u00a0:', lasting, stands),
      ...told(
        'C’est terminé\u00a0:',
        ended,
        ({ trouble, raisedAt }) => `${troubleWords(trouble).title}.\n  Signalé le ${since(raisedAt)}.`,
      ),
      { label: 'Le détail', url: `${env.PUBLIC_URL}/admin/resources/Organization/actions/supervision` },
      'Une alerte qui dure est rappelée toutes les six heures. Les adresses de cet e-mail sont un réglage (ALERT_EMAILS).',
    ],
  }
}

function subjectOf({ raised, lasting, ended }: AlertMail): string {
  if (raised.length > 0)
    return `Alerte\u00a0: ${count(raised.length, 'point à regarder', 'points à regarder')}`
  if (lasting.length > 0)
    return `Toujours en cours\u00a0: ${count(lasting.length, 'point à regarder', 'points à regarder')}`
  return ended.length > 1 ? 'Alertes terminées' : 'Alerte terminée'
}
