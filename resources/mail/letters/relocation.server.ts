import type { RelocationReport } from '../../place-relocation/queries/report.server'
import { count, formatDay } from '../../shared/french'
import type { Letter } from '../letter.server'

/** The mail that says what a relocation has moved. */
export function relocationLetter({
  firstName,
  date,
  oldPlace,
  newPlace,
  slotsMoved,
  rulesCopied,
  peopleMoved,
}: RelocationReport): Letter {
  return {
    subject: 'Le déménagement est préparé',
    firstName,
    blocks: [
      `Le déménagement de «\u00a0${oldPlace}\u00a0» vers «\u00a0${newPlace}\u00a0», le ${formatDay(date)}, est préparé.`,
      'À partir de ce jour, sont au nouveau lieu\u00a0:',
      [
        `${count(slotsMoved, 'créneau', 'créneaux')}\u00a0;`,
        `${count(rulesCopied, 'créneau récurrent', 'créneaux récurrents')}\u00a0;`,
        `${count(peopleMoved, 'personne attendue', 'personnes attendues')}.`,
      ],
      'Les SMS qui restent à partir donnent la nouvelle adresse. Qui a déjà reçu l’ancienne la reverra corrigée dans son rappel.',
      'Ce jour-là à 3 h, l’ancien lieu sera archivé avec ses agendas et leurs créneaux récurrents.',
    ],
  }
}
