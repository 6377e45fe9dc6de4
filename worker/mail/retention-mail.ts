import type { RetentionReport } from '../../resources/retention/queries/report.server'
import { nightZone } from '../../resources/retention/rules'
import { count, formatInstant } from '../../resources/shared/french'
import { farewell, type Words } from './agent-mails'

/** The words of the mail that says what a night would archive and erase: ids and counts, never a name. */
export function retentionWordsOf({ firstName, night, archived, erased }: RetentionReport): Words {
  const idsOf = ({ ids, total }: RetentionReport['archived']) =>
    total === 0
      ? 'Aucune.'
      : `Fiches n°\u00a0${ids.join(', ')}${total > ids.length ? `, et ${total - ids.length} autres` : ''}.`
  return {
    subject: '[Mon Suivi Justice] Ce que la nuit prochaine archivera et effacera',
    text: `Bonjour ${firstName},

Si rien ne change d’ici là, le ${formatInstant(night, nightZone)} (heure de Paris)\u00a0:

${count(archived.total, 'fiche sera archivée d’elle-même', 'fiches seront archivées d’elles-mêmes')}, sans convocation ni changement de service depuis douze mois.
${idsOf(archived)}

${count(erased.total, 'fiche sera effacée', 'fiches seront effacées')} pour toujours, six mois après son archivage.
${idsOf(erased)}

Pour garder une fiche\u00a0: un administrateur local de son service la désarchive, ou la convoque si elle n’est pas archivée.

${farewell}
`,
  }
}
