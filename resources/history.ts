import { appointmentHistory } from './appointment/fr'
import { divestmentHistory } from './divestment/fr'
import type { HistoryData } from './history-entry/schema'
import { messageEventsOfHistory, messageHistorySentence, type MessageHistoryEvent } from './message/fr'
import { messageKinds, spaceMessageKinds } from './message/template/schema'
import { probationerHistory } from './probationer/fr'
import { spaceHistory } from './probationer-space/fr'
import { unreachedHistory } from './unreached/fr'

/** Each subject words its own events; one without a sentence here cannot be recorded. */
const sentences = {
  ...appointmentHistory,
  ...probationerHistory,
  ...divestmentHistory,
  ...unreachedHistory,
  ...spaceHistory,
}
type WordedEvent = keyof typeof sentences
export type HistoryEvent = WordedEvent | MessageHistoryEvent

const isWorded = (event: string): event is WordedEvent => Object.hasOwn(sentences, event)
const isMessageEvent = (event: string): event is MessageHistoryEvent =>
  (messageEventsOfHistory as readonly string[]).includes(event)

/** The sentence of a line of history, as it was recorded by this version or an earlier one. */
export function historySentence(event: string, data: HistoryData): string {
  if (isWorded(event)) return sentences[event](data)
  if (isMessageEvent(event)) {
    const kind = [...messageKinds, ...spaceMessageKinds].find((one) => one === data.kind) ?? 'summons'
    return messageHistorySentence(event, { ...data, kind })
  }
  return 'Évènement d’une version précédente'
}
