import { fileWords, type FileLine, type FilePair } from '../resources/probationer/file-words'
import type { PersonFile } from '../resources/probationer/queries/file.server'
import { formatHour, formatShortDate } from '../resources/shared/french'
import { endNumbered, newPdf } from './pdf'

const [left, gap, labels] = [56, 14, 150]

/**
 * Draws all the data of a person, to be handed to them: a title, chapters. What is said once is a list of names and
 * values; what happened several times, an entry each, under its date.
 */
export function drawPersonFile({ madeOn, madeAt, chapters }: PersonFile): PDFKit.PDFDocument {
  const title = 'Données enregistrées dans Mon Suivi Justice'
  const pdf = newPdf(title, { margin: left, tagged: true })
  const write = (tag: string, font: 'plain' | 'bold', size: number, text: string) =>
    pdf.addStructure(pdf.struct(tag, {}, () => pdf.font(font).fontSize(size).text(text, { paragraphGap: 4 })))
  write('H1', 'bold', 16, title)
  write('P', 'plain', 9, `État au ${formatShortDate(madeOn)} à ${formatHour(madeAt)}.`)
  for (const { title, lines } of chapters) {
    pdf.moveDown()
    write('H2', 'bold', 12, title)
    if (lines.length === 0) write('P', 'plain', 9, 'Rien.')
    for (const line of lines) {
      if (lines.length === 1 && !('date' in line)) fileWords(line).pairs.forEach(writePair)
      else writeEntry(line)
    }
  }
  return endNumbered(pdf)

  function writePair([name, value]: FilePair) {
    const width = pdf.page.width - 2 * left - labels - gap
    pdf.font('plain').fontSize(9)
    const height = Math.max(pdf.heightOfString(name, { width: labels }), pdf.heightOfString(value, { width }))
    if (pdf.y + height > pdf.page.height - left) pdf.addPage()
    const top = pdf.y
    pdf.addStructure(
      pdf.struct('P', {}, () => {
        pdf.fillColor('#555555').text(name, left, top, { width: labels })
        pdf.fillColor('black').text(value, left + labels + gap, top, { width })
      }),
    )
    pdf.x = left
    pdf.y = top + height + 4
  }

  function writeEntry(line: FileLine) {
    const { title, pairs } = fileWords(line)
    const [first = ['', ''], ...others] = title === null ? pairs : [['', title] as const, ...pairs]
    write('P', 'bold', 9, first.filter(Boolean).join('\u00a0: '))
    write('P', 'plain', 9, others.map((pair) => pair.join('\u00a0: ')).join('\n'))
    pdf.moveDown(0.4)
  }
}
