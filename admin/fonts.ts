import { createRequire } from 'node:module'

const fontAt = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)

/** Names of any script are written: the fonts that a PDF brings along know Western letters only. */
export const fonts = { plain: fontAt('DejaVuSans'), bold: fontAt('DejaVuSans-Bold') }
