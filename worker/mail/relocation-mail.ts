import type { RelocationReport } from '../../resources/place-relocation/queries/report.server'
import { count, formatDay } from '../../resources/shared/french'
import { farewell, type Words } from './agent-mails'

/** The words of the mail that says what a relocation has moved. */
export function relocationWordsOf({
  firstName,
  date,
  oldPlace,
  newPlace,
  slotsMoved,
  rulesCopied,
  peopleMoved,
}: RelocationReport): Words {
  return {
    subject: '[Mon Suivi Justice] Le déménagement est préparé',
    text: `Bonjour ${firstName},

Le déménagement de «\u00a0${oldPlace}\u00a0» vers «\u00a0${newPlace}\u00a0», le ${formatDay(date)}, est préparé.

À partir de ce jour, sont au nouveau lieu\u00a0:
- ${count(slotsMoved, 'créneau', 'créneaux')}\u00a0;
- ${count(peopleMoved, 'personne attendue', 'personnes attendues')}\u00a0: les SMS qui restent à partir donnent la nouvelle adresse. Qui a déjà reçu l’ancienne la reverra corrigée dans son rappel.
- ${count(rulesCopied, 'créneau récurrent', 'créneaux récurrents')}.

Ce jour-là à 3 h, l’ancien lieu sera archivé avec ses agendas et leurs créneaux récurrents.

${farewell}
`,
  }
}
