import type { HistoryLine } from '../../../resources/history-entry/queries.server'
import type { Serialized } from '../../client/client'

export type Line = Serialized<HistoryLine>

/** One entry a message: what became of it stands for its sending, and keeps the text that was sent. */
export function oneEntryAMessage(lines: readonly Line[]): Line[] {
  const told = new Set<number>()
  return lines.flatMap((line, index) => {
    if (told.has(line.id)) return []
    if (!['message.delivered', 'message.failed'].includes(line.event)) return [line]
    const sending = lines
      .slice(index + 1)
      .find(
        (other) =>
          other.event === 'message.sent' &&
          !told.has(other.id) &&
          other.appointmentId === line.appointmentId &&
          other.data.kind === line.data.kind,
      )
    if (!sending) return [line]
    told.add(sending.id)
    return [{ ...line, data: { ...sending.data, ...line.data } }]
  })
}
