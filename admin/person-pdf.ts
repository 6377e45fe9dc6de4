import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { FileLine, PersonFile } from '../resources/probationer/queries/file.server'
import { formatHour, formatShortDate } from '../resources/shared/french'
import { formatPhone } from '../resources/shared/phone'

const fontAt = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
/** Names of any script are written: the fonts that a PDF brings along know Western letters only. */
const fonts = { plain: fontAt('DejaVuSans'), bold: fontAt('DejaVuSans-Bold') }

/** Draws all the data of a person, to be handed to them: a title, chapters, a paragraph for each line. */
export function drawPersonFile({ madeOn, madeAt, chapters }: PersonFile): PDFKit.PDFDocument {
  const pdf = new PDFDocument({
    ...{ size: 'A4', margin: 56, pdfVersion: '1.7', lang: 'fr-FR', tagged: true, displayTitle: true },
    info: { Title: 'Données enregistrées dans Mon Suivi Justice' },
  })
  pdf.registerFont('plain', fonts.plain).registerFont('bold', fonts.bold)
  const write = (tag: string, font: 'plain' | 'bold', size: number, text: string) =>
    pdf.addStructure(pdf.struct(tag, {}, () => pdf.font(font).fontSize(size).text(text, { paragraphGap: 4 })))
  write('H1', 'bold', 16, 'Données enregistrées dans Mon Suivi Justice')
  write('P', 'plain', 9, `État au ${formatShortDate(madeOn)} à ${formatHour(madeAt)}.`)
  for (const { title, lines } of chapters) {
    pdf.moveDown()
    write('H2', 'bold', 12, title)
    if (lines.length === 0) write('P', 'plain', 9, 'Rien.')
    for (const line of lines) write('P', 'plain', 9, lineOf(line))
  }
  pdf.end()
  return pdf
}

const lineOf = (line: FileLine): string =>
  Object.entries(line)
    .flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}\u00a0: ${wordsOf(value)}`]))
    .join('\u2003')

function wordsOf(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatShortDate(value)
  if (/^\d{2}:\d{2}$/.test(value)) return formatHour(value)
  return /^\+\d{8,15}$/.test(value) ? formatPhone(value) : value
}
