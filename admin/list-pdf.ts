import { stateWords } from '../resources/appointment/fr'
import type { AppointmentLine } from '../resources/appointment/queries/list.server'
import { agentName, count, formatBriefDate, formatHour, fullName } from '../resources/shared/french'
import { fold } from '../resources/shared/fold'
import { endNumbered, newPdf } from './pdf'

/** The agenda, and who receives unless it bears their name. */
function withWhom({ agenda, agent }: AppointmentLine): string {
  const name = agent ? agentName(agent) : agenda
  return fold(name) === fold(agenda) ? agenda : `${agenda}\n${name}`
}

/** Draws a list of appointments to be read on paper: A4, a line each, as the list shows them; its head says when it is not whole. */
export function drawList(
  lines: readonly AppointmentLine[],
  { ownOnly }: { ownOnly: boolean },
): PDFKit.PDFDocument {
  const title = ownOnly ? 'Vos convocations seulement' : 'Convocations'
  const pdf = newPdf(title, { margin: 36 })
  pdf.font('bold').fontSize(14).text(title)
  pdf
    .font('plain')
    .fontSize(9)
    .text(`${count(lines.length, 'convocation')}.`)
    .moveDown(0.5)
  pdf.fontSize(8).table({
    columnStyles: [88, 120, '*', 104, 56],
    rowStyles: (row) => ({ ...(row === 0 && { backgroundColor: '#eeeeee' }) }),
    defaultStyle: { border: 0.5, padding: 3 },
    data: [
      ['Date et heure', 'Personne', 'Type et lieu', 'Agenda, agent', 'État'],
      ...lines.map((line) => [
        `${formatBriefDate(line.date)}\n${formatHour(line.time)}`,
        fullName(line.probationer),
        `${line.type}\n${line.place}`,
        withWhom(line),
        stateWords[line.state],
      ]),
    ],
  })
  return endNumbered(pdf)
}
