import qrcode from 'qrcode-generator'

/** The dark squares of a QR code, as the path of a drawing `size` squares wide. */
export interface QrCode {
  size: number
  path: string
}

/** The QR code of a text. */
export function squaresOf(text: string): QrCode {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const squares: string[] = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) squares.push(`M${column} ${row}h1v1h-1z`)
  return { size, path: squares.join('') }
}
