import { createdWords, leftAloneWords, linkedWords, refusedWords } from '../../resources/import/fr'
import type { ImportMail } from '../../resources/import/queries/report.server'
import { env } from '../../resources/shared/env.server'
import { count } from '../../resources/shared/french'
import { farewell, type Words } from './agent-mails'

/** The words of the mail that says what became of a file of persons. */
export function importWordsOf({
  firstName,
  service,
  importId,
  created,
  linked,
  leftAlone,
  refused,
}: ImportMail): Words {
  return {
    subject: '[Mon Suivi Justice] Votre import est terminé',
    text: `Bonjour ${firstName},

Le fichier de personnes que vous avez envoyé${service ? ` pour le service «\u00a0${service}\u00a0»` : ''} a été lu en entier\u00a0:
- ${count(created, ...createdWords.probationers)}\u00a0;
- ${count(linked, ...linkedWords)}\u00a0;
- ${count(leftAlone, ...leftAloneWords)}\u00a0;
- ${count(refused, ...refusedWords)}.

La raison de chaque ligne est dans le rapport, gardé 30 jours\u00a0:
${env.PUBLIC_URL}/admin/resources/ImportRun/records/${importId}/show

${farewell}
`,
  }
}
