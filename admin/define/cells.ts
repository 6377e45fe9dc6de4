import type { CellName } from '../screens/names'
import type { IconName } from '../ui/icon'
import type { Tone } from '../ui/tone'

/** What a cell of a list or of a record says: words, links, states. The same on both sides of the network. */

export type CellValue =
  | null
  | string
  | {
      text: string
      to?: string
      /** Under it, smaller. */
      sub?: string
      kind?: 'hour' | 'light'
      /** What the link is called when it is read alone: whose, and when. It begins with the text. */
      label?: string
    }
  | { text: string; tone: Tone; icon?: IconName }
  | { text: string; to: string; kind: 'act'; label: string }
  /** Drawn by a component of the subject, given what it needs. */
  | { component: CellName; data: unknown }

/** The words of a cell, for a file or a printed list. */
export const textOfCell = (cell: CellValue): string =>
  cell === null ? '' : typeof cell === 'string' ? cell : 'text' in cell ? cell.text : ''
