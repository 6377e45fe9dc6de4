import type { PageReminder } from '../../public-page/queries/reminder.server'
import { env } from '../../shared/env.server'
import { formatDay } from '../../shared/french'
import { civilOf } from '../../shared/civil-time'
import type { Letter } from '../letter.server'

/** The mail that asks to read again the page of a service. */
export function pageReminderLetter({ id, firstName, title, timeZone, checkedAt }: PageReminder): Letter {
  return {
    subject: 'La page de votre service est à relire',
    firstName,
    blocks: [
      checkedAt
        ? `La page publique «\u00a0${title}\u00a0» a été vérifiée pour la dernière fois le ${formatDay(civilOf(checkedAt, timeZone).date)}. Les SMS y envoient les personnes convoquées.`
        : `Personne n’a encore vérifié la page publique «\u00a0${title}\u00a0». Les SMS y envoient les personnes convoquées.`,
      'Relisez l’adresse, le téléphone, les horaires et les fermetures à venir. Corrigez ce qui a changé, puis dites que la page est vérifiée\u00a0: deux minutes suffisent.',
      { label: 'Relire la page', url: `${env.PUBLIC_URL}/admin/resources/PublicPage/records/${id}/show` },
      checkedAt
        ? 'Au bout de douze mois, la page dit à ceux qui la lisent que ses informations sont à vérifier.'
        : 'Tant que personne ne l’a vérifiée, la page dit à ceux qui la lisent que ses informations sont à vérifier.',
    ],
  }
}
