import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

const fontAt = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)

/** An A4 document in French. Names of any script are written: the fonts that a PDF brings along know Western letters only. */
export const newPdf = (title: string, options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument =>
  new PDFDocument({
    ...{ size: 'A4', pdfVersion: '1.7', lang: 'fr-FR', displayTitle: true },
    bufferPages: true,
    info: { Title: title },
    ...options,
  })
    .registerFont('plain', fontAt('DejaVuSans'))
    .registerFont('bold', fontAt('DejaVuSans-Bold'))

/** "3 / 7" at the foot of each page, which a page does not make room for. Then the document is over. */
export function endNumbered(pdf: PDFKit.PDFDocument): PDFKit.PDFDocument {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    const { margins, width, height } = pdf.page
    const foot = height - margins.bottom * 0.7
    margins.bottom = 0
    pdf
      .font('plain')
      .fontSize(8)
      .text(`${page + 1} / ${count}`, margins.left, foot, {
        ...{ width: width - margins.left - margins.right, align: 'right', lineBreak: false },
      })
  }
  pdf.end()
  return pdf
}
