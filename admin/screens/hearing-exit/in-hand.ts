import { useCallback, useState } from 'react'
import type { CivilDate } from '../../../resources/shared/civil-time'
import type { Day, Slot } from './data'

/** What is typed of somebody who is being convoked on a line. */
export interface TypedSeat {
  text: string
  personId: number | null
  prosecutionNumber: string
  cells: Record<string, string>
  inform: 'now' | 'reminder_only'
  keepOverlap: boolean
  requestKey: string
}

const nothingTyped = (): TypedSeat => ({
  ...{ text: '', personId: null, prosecutionNumber: '', cells: {} },
  ...{ inform: 'now', keepOverlap: false, requestKey: crypto.randomUUID() },
})

export interface Seat {
  date: CivilDate
  slot: Slot
}

/** A form that is open, and what it began with. */
export type OpenForm = Seat & { typed: TypedSeat }

/** What a clerk has in hand in the month of an agenda: what others do takes nothing of it away. */
export function useInHand() {
  const [forms, setForms] = useState<readonly OpenForm[]>([])
  // The slots whose lines were written in, or just filled.
  const [kept, setKept] = useState<readonly number[]>([])
  const [booked, setBooked] = useState<readonly number[]>([])
  const keep = useCallback((slotId: number) => setKept((before) => [...new Set([...before, slotId])]), [])
  const close = (slotId: number) => setForms((before) => before.filter(({ slot }) => slot.id !== slotId))
  const open = (seat: Seat, typed = nothingTyped()) => setForms((before) => [...before, { ...seat, typed }])
  return {
    ...{ forms, kept, booked, open, close, keep },
    /** The form goes to another seat with what is typed; what was accepted of the hour was of that one. */
    move(from: Seat, to: Seat, typed: TypedSeat) {
      close(from.slot.id)
      open(to, { ...typed, keepOverlap: false })
    },
    done({ slot }: Seat, appointmentId: number) {
      close(slot.id)
      keep(slot.id)
      setBooked((before) => [...before, appointmentId])
    },
  }
}
export type InHand = ReturnType<typeof useInHand>

/**
 * The days of a desk as they are drawn: with the free seats only, what is in hand stays beside them; a slot that is no
 * more on the desk stays, closed, as long as its form is open.
 */
export function daysShown(
  days: readonly Day[],
  { forms, kept }: Pick<InHand, 'forms' | 'kept'>,
  freeOnly: boolean,
): Day[] {
  const inHand = new Set([...kept, ...forms.map(({ slot }) => slot.id)])
  const there = new Set(days.flatMap(({ slots }) => slots.map(({ id }) => id)))
  const gone = forms.filter(({ slot }) => !there.has(slot.id))
  const dates = [...new Set([...days, ...gone].map(({ date }) => date))].sort()
  return dates
    .map((date): Day => {
      const day = days.find((one) => one.date === date) ?? { date, free: 0, seats: 0, slots: [] }
      const closed = gone
        .filter((form) => form.date === date)
        .map(({ slot }): Slot => ({ ...slot, isOpen: false, free: 0, empty: 0, appointments: [] }))
      const slots = [...day.slots, ...closed].sort(
        (one, other) => one.time.localeCompare(other.time) || one.id - other.id,
      )
      return { ...day, slots: freeOnly ? slots.filter(({ id, free }) => free > 0 || inHand.has(id)) : slots }
    })
    .filter(({ slots }) => slots.length > 0)
}

const offered = 3

/** In place of a seat that went: the next free ones of the month, then those before, without a form of their own. */
export function otherSeats(days: readonly Day[], { date, slot }: Seat, forms: readonly OpenForm[]): Seat[] {
  const free = days.flatMap((day) =>
    day.slots
      .filter((one) => one.free > 0 && one.whyNot === null && forms.every((form) => form.slot.id !== one.id))
      .map((one): Seat => ({ date: day.date, slot: one })),
  )
  const isLater = (one: Seat) => `${one.date} ${one.slot.time}` >= `${date} ${slot.time}`
  return [...free.filter(isLater), ...free.filter((one) => !isLater(one)).reverse()].slice(0, offered)
}
