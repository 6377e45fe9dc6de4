import type { RetentionReport } from '../../retention/queries/report.server'
import { nightZone } from '../../retention/rules'
import { count, formatInstant } from '../../shared/french'
import type { Letter } from '../letter.server'

/** The mail that says what a night would archive and erase: ids and counts, never a name. */
export function retentionLetter({ firstName, night, archived, erased }: RetentionReport): Letter {
  const told = ({ ids, total }: RetentionReport['archived'], none: string, what: string) =>
    total === 0
      ? none
      : `${what}\nFiches n°\u00a0${ids.join(', ')}${total > ids.length ? `, et ${total - ids.length} autres` : ''}.`
  return {
    subject: 'Ce que la nuit prochaine archivera et effacera',
    firstName,
    blocks: [
      `Si rien ne change d’ici là, le ${formatInstant(night, nightZone)} (heure de Paris)\u00a0:`,
      told(
        archived,
        'Aucune fiche ne sera archivée d’elle-même.',
        `${count(archived.total, 'fiche sera archivée d’elle-même', 'fiches seront archivées d’elles-mêmes')}, sans convocation ni changement de service depuis douze mois.`,
      ),
      told(
        erased,
        'Aucune fiche ne sera effacée.',
        `${count(erased.total, 'fiche sera effacée', 'fiches seront effacées')} pour toujours, six mois après son archivage.`,
      ),
      'Pour garder une fiche\u00a0: un administrateur local de son service la désarchive, ou la convoque si elle n’est pas archivée.',
    ],
  }
}
