import { createdWords, leftAloneWords, linkedWords, refusedWords } from '../../import/fr'
import type { ImportMail } from '../../import/queries/report.server'
import { env } from '../../shared/env.server'
import { count } from '../../shared/french'
import type { Letter } from '../letter.server'

/** The mail that says what became of a file of persons. */
export function importLetter({
  firstName,
  service,
  importId,
  created,
  linked,
  leftAlone,
  refused,
}: ImportMail): Letter {
  return {
    subject: 'Votre import est terminé',
    firstName,
    blocks: [
      `Le fichier de personnes que vous avez envoyé${service ? ` pour le service «\u00a0${service}\u00a0»` : ''} a été lu en entier\u00a0:`,
      [
        `${count(created, ...createdWords.probationers)}\u00a0;`,
        `${count(linked, ...linkedWords)}\u00a0;`,
        `${count(leftAlone, ...leftAloneWords)}\u00a0;`,
        `${count(refused, ...refusedWords)}.`,
      ],
      'La raison de chaque ligne est dans le rapport, gardé 30 jours.',
      {
        label: 'Lire le rapport',
        url: `${env.PUBLIC_URL}/admin/resources/ImportRun/records/${importId}/show`,
      },
    ],
  }
}
