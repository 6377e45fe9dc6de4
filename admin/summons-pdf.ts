import { roleNames } from '../resources/agent/fr'
import {
  comeEarly,
  handedOn,
  nameByHand,
  onlyPaperHolds,
  smsIsNoPaper,
  whatToDo,
  withoutPapers,
  wordsOnPaper,
} from '../resources/appointment/paper'
import type { SummonsPaper } from '../resources/appointment/queries/summons.server'
import { daysWords, rangesWords } from '../resources/public-page/fr'
import { agentName, formatBirth, formatDay, formatHour, fullName } from '../resources/shared/french'
import { formatPhone } from '../resources/shared/phone'
import { newPdf } from './pdf'

const margin = 50
const codeSize = 92

/** Draws summonses, an A4 page each: what the page of the back office prints, word for word. */
export function drawSummonses(papers: readonly SummonsPaper[]): PDFKit.PDFDocument {
  const pdf = newPdf('Convocation', { margin, autoFirstPage: false })
  for (const paper of papers) drawPaper(pdf, paper)
  pdf.end()
  return pdf
}

const signed = (agent: SummonsPaper['handedBy']) => `${agentName(agent)}, ${roleNames[agent.role]}`

function drawPaper(pdf: PDFKit.PDFDocument, paper: SummonsPaper): void {
  const { probationer, place, service, heldAtPlace, agent, referent, link } = paper
  const words = wordsOnPaper({ ...paper, phone: probationer?.phone ?? null })
  const contact = place.phone ? formatPhone(place.phone) : place.email
  pdf.addPage()
  const width = pdf.page.width - 2 * margin
  const half = (width - 20) / 2
  // Read at arm's length.
  const plain = (size: number) => pdf.font('plain').fontSize(size * 1.15)
  const bold = (size: number) => pdf.font('bold').fontSize(size * 1.15)
  const rule = () => {
    pdf
      .moveTo(margin, pdf.y + 4)
      .lineTo(margin + width, pdf.y + 4)
      .stroke()
    pdf.y += 12
  }
  /** Two columns that begin at one height; what follows begins under the longer. */
  const beside = (left: () => void, right: () => void) => {
    const top = pdf.y
    left()
    const end = pdf.y
    pdf.y = top
    right()
    pdf.y = Math.max(end, pdf.y)
    pdf.x = margin
  }

  beside(
    () => {
      bold(12).text(service.name, margin, pdf.y, { width: half })
      plain(9).text(
        [
          [place.name !== service.name && place.name, place.address].filter(Boolean).join(', '),
          [place.phone && formatPhone(place.phone), place.email].filter(Boolean).join(' · '),
        ]
          .filter(Boolean)
          .join('\n'),
        { width: half },
      )
    },
    () =>
      plain(9).text(
        [
          `Le ${formatDay(paper.today)}`,
          [`Réf. C-${paper.id}`, probationer?.appiNumber && `n°\u00a0APPI ${probationer.appiNumber}`]
            .filter(Boolean)
            .join(' · '),
          referent && `Suivi par ${signed(referent)}`,
        ]
          .filter(Boolean)
          .join('\n'),
        margin + half + 20,
        pdf.y,
        { width: half, align: 'right' },
      ),
  )
  rule()
  bold(11).text(probationer ? fullName(probationer) : nameByHand, margin + half + 20, pdf.y, { width: half })
  if (probationer?.dateOfBirth)
    plain(9).text(`Naissance\u00a0: ${formatBirth(probationer.dateOfBirth)}`, { width: half })
  pdf.x = margin
  pdf.moveDown(0.6)
  bold(18).text('Convocation').moveDown(0.3)
  plain(10).text(`${words.title} `, { continued: true }).font('bold').text(onlyPaperHolds).moveDown(0.6)

  const top = pdf.y
  const inner = width - codeSize - 50
  pdf.y += 10
  bold(15).text(`${formatDay(paper.date)}\nà ${formatHour(paper.time)}`, margin + 12, pdf.y, { width: inner })
  pdf.moveDown(0.3)
  bold(10).text(paper.publicLabel, { width: inner, continued: agent !== null })
  if (agent) plain(10).text(`, avec ${signed(agent)}`, { width: inner })
  if (heldAtPlace)
    plain(10).text([`${place.name}, ${place.address}`, place.reception].filter(Boolean).join('\n'), {
      width: inner,
    })
  const bottom = Math.max(pdf.y + 10, top + codeSize + 44)
  const codeLeft = margin + width - codeSize - 14
  pdf
    .save()
    .translate(codeLeft, top + 10)
    .scale(codeSize / link.code.size)
    .path(link.code.path)
    .fill('black')
    .restore()
  pdf
    .font('plain')
    .fontSize(7)
    .text(`Horaires, plan, papiers\n${link.text}`, codeLeft - 14, top + codeSize + 14, {
      ...{ width: codeSize + 28, align: 'center' },
    })
  pdf
    .roundedRect(margin, top, width, bottom - top, 5)
    .lineWidth(2)
    .stroke()
    .lineWidth(1)
  pdf.x = margin
  pdf.y = bottom + 12

  const bringing = () => {
    bold(11).text(words.bringing, margin, pdf.y, { width: half })
    plain(9).list([...words.papers], { width: half, bulletRadius: 1.5, textIndent: 8, bulletIndent: 4 })
    if (heldAtPlace) pdf.text(withoutPapers, margin, pdf.y, { width: half })
  }
  const coming = () => {
    if (!heldAtPlace) return
    bold(11).text('Pour venir', margin + half + 20, pdf.y, { width: half })
    const week = place.week.map((line) => `${daysWords(line)}, ${rangesWords(line.ranges)}`).join('\u00a0; ')
    plain(9).text(
      [place.transport, place.accessibility, week && `Accueil ouvert\u00a0: ${week}.`, comeEarly]
        .filter(Boolean)
        .join('\n'),
      { width: half },
    )
  }
  beside(bringing, coming)
  pdf.moveDown(0.8)
  bold(10)
    .text(`${words.prevented} `, { continued: true })
    .font('plain')
    .text(whatToDo(contact))
    .moveDown(0.8)
  const signing = Math.min(pdf.y, pdf.page.height - margin - 120)
  const frame = (left: number, text: string) => {
    pdf.rect(left, signing, half, 74).stroke()
    plain(9).text(text, left + 8, signing + 8, { width: half - 16 })
  }
  frame(margin, `L’agent\u00a0: ${signed(paper.handedBy)}\nSignature`)
  frame(margin + half + 20, `${handedOn}\nSignature de la personne`)
  plain(8).text(smsIsNoPaper, margin, signing + 84, { width })
}
