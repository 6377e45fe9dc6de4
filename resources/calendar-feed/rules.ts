import { day } from '../shared/duration'

/** How far a calendar shows the past, and what is to come: as far as anybody is convoked. */
export const calendarReach = { before: 30 * day, after: 366 * day }

/** "K. B." of Karim BENSALEM: who it is for the agent who follows them, nobody for whoever looks over a shoulder. */
export const initialsOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  [firstName, lastName]
    .flatMap((name) => /\p{L}/u.exec(name.normalize('NFC'))?.[0] ?? [])
    .map((letter) => `${letter.toLocaleUpperCase('fr')}.`)
    .join(' ')
