import { roleNames } from '../resources/agent/fr'
import { deskWords } from '../resources/hearing-exit/fr'
import type { HearingExitDesk } from '../resources/hearing-exit/queries/desk.server'
import { isCivilDate } from '../resources/shared/civil-time'
import { formatDay, formatHour, formatMonth, formatShortDate, fullName } from '../resources/shared/french'
import { endNumbered, newPdf } from './pdf'

type Shown = NonNullable<HearingExitDesk['shown']>
type Slot = Shown['days'][number]['slots'][number]

/** Draws the month of a desk for the wall or the hearing room: A4 landscape, a table a day, a line a seat. */
export function drawDesk(typeCode: HearingExitDesk['typeCode'], shown: Shown): PDFKit.PDFDocument {
  const { title } = deskWords[typeCode]
  const pdf = newPdf(title, { layout: 'landscape', margin: 36 })
  pdf.font('bold').fontSize(14).text(title)
  pdf
    .font('plain')
    .fontSize(10)
    .text([formatMonth(`${shown.month}-01`), shown.place, shown.agenda].join(' – '))
  const headings = [
    'Heure',
    'Nom',
    'N° de parquet',
    'Service d’origine',
    ...shown.columns.map(({ name }) => name),
  ]
  for (const { date, slots } of shown.days) {
    pdf.moveDown()
    // A day is not cut from its first lines.
    if (pdf.y > pdf.page.height - 120) pdf.addPage()
    pdf.font('bold').fontSize(11).text(formatDay(date), 36).moveDown(0.3)
    pdf.font('plain').fontSize(8)
    pdf.table({
      columnStyles: [44, 150, 90, 150, ...shown.columns.map(() => '*' as const)],
      // A free seat is filled by hand.
      rowStyles: (row) => ({ minHeight: 16, ...(row === 0 && { backgroundColor: '#eeeeee' }) }),
      defaultStyle: { border: 0.5, padding: 3 },
      data: [headings, ...slots.flatMap((slot) => linesOf(slot, shown.columns.length))],
    })
  }
  if (shown.days.length === 0) pdf.moveDown().text('Aucun créneau ce mois-ci.')
  return endNumbered(pdf)
}

/** One line a seat: those that are taken, then the free ones. */
function linesOf({ time, free, appointments }: Slot, columns: number): string[][] {
  const taken = appointments.map(({ person, prosecutionNumber, service, role, cells }) => [
    person ? fullName(person) : 'Place prise',
    prosecutionNumber ?? '',
    [service, role && roleNames[role]].filter(Boolean).join(', '),
    ...cells.map(({ value }) => (isCivilDate(value) ? formatShortDate(value) : value)),
  ])
  const empty = Array.from({ length: free }, () => ['', '', '', ...Array.from({ length: columns }, () => '')])
  return [...taken, ...empty].map((line, index) => [index === 0 ? formatHour(time) : '', ...line])
}
