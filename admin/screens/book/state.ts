import type { Lookups } from '../../lookups'
import type { ResultOf } from '../../client/client'
import type { CivilDate, CivilTime } from '../../../resources/shared/civil-time'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import { fold } from '../../../resources/shared/fold'
import {
  formatHour,
  parseTypedBirthDate,
  parseTypedDate,
  parseTypedTime,
} from '../../../resources/shared/french'

/** Everything typed on the page, as typed: kept as a draft, turned into what the commands take at the end. */
export interface Typed {
  person: {
    lastName: string
    firstName: string
    birth: string
    phone: string
    hasNoMobilePhone: boolean
    smsOptOut: boolean
    appiNumber: string
    followedByAntiTerrorismJudge: boolean
    city: string
    cityId: number | null
    isHomeless: boolean
    livesAbroad: boolean
    isAnotherPerson: boolean
  }
  appointment: {
    typeCode: string
    placeId: number | null
    agendaId: number | null
    slotId: number | null
    date: string
    /** The day that was understood when it was typed: "demain" stays that day. */
    dateUnderstood: CivilDate | null
    time: string
    prosecutionNumber: string
    /** What the court asks of those who leave a hearing, by id of its columns. */
    cells: Record<string, string>
    inform: 'now' | 'reminder_only'
    assignToMe: boolean
    keepOverlap: boolean
    /** The missed or excused appointment that this one comes after. */
    reconvenesId: number | null
  }
  /** Somebody new, to their space. */
  inviteToSpace: boolean
  requestKey: string
}

export const nothingTyped = ({
  likelyReferent,
  before,
}: Pick<BookingForm, 'likelyReferent' | 'before'>): Typed => ({
  person: {
    lastName: '',
    firstName: '',
    birth: '',
    phone: '',
    hasNoMobilePhone: false,
    smsOptOut: false,
    appiNumber: '',
    followedByAntiTerrorismJudge: false,
    city: '',
    cityId: null,
    isHomeless: false,
    livesAbroad: false,
    isAnotherPerson: false,
  },
  appointment: {
    typeCode: before?.typeCode ?? '',
    placeId: before?.placeId ?? null,
    agendaId: before?.agendaId ?? null,
    slotId: null,
    date: '',
    dateUnderstood: null,
    time: before ? formatHour(before.time) : '',
    prosecutionNumber: before?.prosecutionNumber ?? '',
    cells: before?.cells ?? {},
    inform: 'now',
    assignToMe: likelyReferent,
    keepOverlap: false,
    reconvenesId: before?.id ?? null,
  },
  inviteToSpace: false,
  requestKey: crypto.randomUUID(),
})

/** A seat that was chosen before the page was opened: the link of a desk. */
export const seatAsked = (asked: URLSearchParams): Partial<Typed['appointment']> => {
  const [slotId, placeId] = ['slotId', 'placeId'].map((name) => Number(asked.get(name)) || null)
  return slotId ? { typeCode: asked.get('typeCode') ?? '', slotId, placeId: placeId ?? null } : {}
}

/** What was typed before the page was opened: in the entry of the browser's history, for an address names nobody. */
export interface Brought {
  person: Partial<Typed['person']>
  appointment: Partial<Typed['appointment']>
}
export const bringing = (brought: Brought) => ({ brought })
export const broughtBy = (state: unknown): Brought | null =>
  (state as Partial<ReturnType<typeof bringing>> | null)?.brought ?? null

/** Whether the names that were brought are not those of a draft: a last name alone says nothing of the first one. */
export const isAnother = (brought: Brought['person'], { lastName, firstName }: Typed['person']): boolean =>
  Boolean(brought.lastName) &&
  (brought.firstName
    ? fold(`${brought.lastName} ${brought.firstName}`) !== fold(`${lastName} ${firstName}`)
    : fold(brought.lastName ?? '') !== fold(lastName))

export type BookingForm = ResultOf<Lookups['bookingForm']>
export type Preview = ResultOf<Lookups['bookingPreview']>
export type PersonCheck = ResultOf<Lookups['checkTypedPerson']>
export type Place = BookingForm['places'][number]
export type AppointmentType = BookingForm['types'][number]

export interface Chosen {
  type: AppointmentType | undefined
  /** Places that host the type; every place while no type is chosen. */
  places: Place[]
  place: Place | undefined
  agendaId: number | null
  birth: CivilDate | null
  date: CivilDate | null
  time: CivilTime | null
}

/** What the choices mean: the usual type, the only place, one's own agenda are chosen by themselves. */
export function chosen(form: BookingForm, { person, appointment }: Typed, agentName: string): Chosen {
  const [onlyType] = form.types
  const usualType = form.types.find((one) => one.code === form.usualTypeCode)
  const type =
    form.types.find((one) => one.code === appointment.typeCode) ??
    usualType ??
    (form.types.length === 1 ? onlyType : undefined)
  const places = type ? form.places.filter((place) => place.typeCodes.includes(type.code)) : form.places
  // Where the agent receives, or convoked last, or else the first place of their service, until they say otherwise.
  const isOwn = ({ name }: { name: string }) => fold(name) === fold(agentName)
  const ownPlace =
    places.find((one) => one.agendas.some(isOwn)) ??
    places.find((one) => one.id === form.usualPlaceId) ??
    places[0]
  const place = places.find((one) => one.id === appointment.placeId) ?? (type ? ownPlace : undefined)
  const agendas = place?.agendas ?? []
  const [firstAgenda] = agendas
  const agenda = agendas.find((one) => one.id === appointment.agendaId)
  // A counsellor's agenda bears their name; published slots are looked for in every agenda.
  const own = type?.usesPublishedSlots ? undefined : agendas.find(isOwn)
  const single = agendas.length === 1 ? firstAgenda : own
  return {
    type,
    places,
    place,
    agendaId: (agenda ?? single)?.id ?? null,
    birth: parseTypedBirthDate(person.birth, form.today),
    date: appointment.dateUnderstood,
    time: parseTypedTime(appointment.time),
  }
}

/** What is typed at the end of a text that a shortcut wrote takes its place. */
export const typedAfter = (written: string, text: string): string =>
  written !== '' && text.length > written.length && text.startsWith(written)
    ? text.slice(written.length).trimStart()
    : text

/** A day is understood on the day it is typed. */
export const appointmentChange = (
  change: Partial<Typed['appointment']>,
  today: CivilDate,
): Partial<Typed['appointment']> =>
  change.date === undefined ? change : { ...change, dateUnderstood: parseTypedDate(change.date, today) }

/** A number is a mobile: the box that says there is none holds while the field is empty. */
export const saysNoMobile = (person: Typed['person']): boolean =>
  person.hasNoMobilePhone && person.phone.trim() === ''

/** Why somebody new will get no SMS. */
export const unreachableTyped = (person: Typed['person']): UnreachableReason | null =>
  person.smsOptOut ? 'opted_out' : saysNoMobile(person) ? 'no_phone' : null

/** Whether somebody new may be invited to their space, as they are typed: by SMS, by whoever may. */
export const offersInvitation = ({ invitesToSpace }: BookingForm, { person, appointment }: Typed): boolean =>
  unreachableTyped(person) === null &&
  (invitesToSpace === 'always' || (invitesToSpace === 'as_referent' && appointment.assignToMe))

/** What registering takes. A birth date that is not understood is sent as typed: the server says so beside it. */
export const personInput = (form: BookingForm, typed: Typed, { birth }: Chosen) => ({
  ...typed.person,
  inviteToSpace: typed.inviteToSpace && offersInvitation(form, typed),
  hasNoMobilePhone: saysNoMobile(typed.person),
  dateOfBirth: birth ?? typed.person.birth,
  assignToMe: typed.appointment.assignToMe,
  requestKey: typed.requestKey,
})

/** What booking takes. */
export const appointmentInput = (
  { appointment, requestKey }: Typed,
  { type, place, agendaId, date, time }: Chosen,
  canReceiveSms: boolean,
) => ({
  typeCode: type?.code ?? '',
  placeId: place?.id ?? 0,
  agendaId,
  slotId: type?.usesPublishedSlots ? appointment.slotId : null,
  date: type?.usesPublishedSlots ? null : (date ?? appointment.date),
  time: type?.usesPublishedSlots ? null : (time ?? appointment.time),
  prosecutionNumber: appointment.prosecutionNumber,
  cells: appointment.cells,
  reconvenesId: appointment.reconvenesId,
  inform: canReceiveSms ? appointment.inform : null,
  assignToMe: appointment.assignToMe,
  keepOverlap: appointment.keepOverlap,
  requestKey,
})

/** Who is typed has changed: what was said of a resemblance was said of somebody else. */
export const personChange = (change: Partial<Typed['person']>): Partial<Typed['person']> =>
  ['lastName', 'firstName', 'birth', 'phone', 'appiNumber'].some((field) => field in change)
    ? { ...change, isAnotherPerson: false }
    : change

export type Errors = Readonly<Record<string, string>>

/** Fields whose errors may be mended by changing another one. */
const mendedWith: Readonly<Record<string, readonly string[]>> = {
  birth: ['dateOfBirth', 'lastName'],
  firstName: ['lastName'],
  appiNumber: ['lastName'],
  hasNoMobilePhone: ['phone'],
  smsOptOut: ['phone'],
  city: ['cityId'],
  isHomeless: ['cityId'],
  livesAbroad: ['cityId'],
  typeCode: ['placeId', 'agendaId', 'slotId', 'date', 'time', 'keepOverlap'],
  placeId: ['agendaId', 'slotId', 'date', 'time', 'keepOverlap'],
  agendaId: ['slotId', 'keepOverlap'],
  slotId: ['keepOverlap'],
  date: ['time', 'keepOverlap'],
  time: ['date', 'keepOverlap'],
}

/** A refusal without the errors of what was just changed; null once all are mended. */
export function stillRefused<Refusal extends { fieldErrors: Errors }>(
  refusal: Refusal | null,
  change: object,
): Refusal | null {
  if (!refusal || Object.keys(refusal.fieldErrors).length === 0) return refusal
  // A column of a court is a field by its id.
  const columns = 'cells' in change ? Object.keys(change.cells as object) : []
  const mended = [
    ...columns,
    ...Object.keys(change).flatMap((field) => [field, ...(mendedWith[field] ?? [])]),
  ]
  const left = Object.entries(refusal.fieldErrors).filter(
    ([path]) => !mended.includes(path.split('.').at(-1) ?? path),
  )
  return left.length > 0 ? { ...refusal, fieldErrors: Object.fromEntries(left) } : null
}

/** Field names are unique on the page: "probationer.lastName" is `lastName`. */
export const byField = (errors: Errors): Errors =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [path.split('.').at(-1) ?? path, message]),
  )
