import { beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment, registerAndBook } from '../../../resources/appointment/commands/book.server'
import { appointmentRefusals } from '../../../resources/appointment/fr'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { duplicatesOf } from '../../../resources/probationer/queries/duplicates.server'
import { isAppiNumber, registerProbationerInput } from '../../../resources/probationer/schema'
import { whyNotDateOfBirth } from '../../../resources/probationer/rules'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import { parseTypedBirthDate, parseTypedDate, parseTypedTime } from '../../../resources/shared/french'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let agent: AgentActor
beforeAll(async () => {
  country = await aCountry()
  agent = await anAgent(country.spip, 'probation_counsellor')
})

const refused = (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error: unknown) => Object.keys(refusalOf(error)?.fieldErrors ?? { bug: String(error) }).sort(),
  )
const emptyPerson = { lastName: '', firstName: '', dateOfBirth: '', phone: '', appiNumber: '' }

describe('everything wrong is said at once, each beside its field', () => {
  test('an empty record', async () => {
    const fields = await refused(actAt(agent, monday, (ctx) => registerProbationer(ctx, emptyPerson)))
    expect(fields).toEqual(['dateOfBirth', 'firstName', 'lastName', 'phone'])
  })

  test('nothing readable', async () => {
    const typed = { lastName: '....', firstName: '\u200b', dateOfBirth: 'hier', phone: '12', appiNumber: '5' }
    const fields = await refused(actAt(agent, monday, (ctx) => registerProbationer(ctx, typed)))
    expect(fields).toEqual(['appiNumber', 'dateOfBirth', 'firstName', 'lastName', 'phone'])
  })

  test('a child with a landline', async () => {
    const typed = { lastName: 'A', firstName: 'B', dateOfBirth: '2020-01-01', phone: '01 42 34 56 78' }
    const fields = await refused(actAt(agent, monday, (ctx) => registerProbationer(ctx, typed)))
    expect(fields).toEqual(['dateOfBirth', 'phone'])
  })

  test('an empty page: the person and the convocation', async () => {
    const appointment = {
      typeCode: 'probation_follow_up',
      placeId: country.spip.placeId,
      agendaId: country.spip.agendaId,
      date: '',
      time: '',
      inform: 'now' as const,
    }
    const fields = await refused(
      actAt(agent, monday, (ctx) => registerAndBook(ctx, { probationer: emptyPerson, appointment })),
    )
    expect(fields).toEqual([
      'appointment.date',
      'appointment.time',
      'probationer.dateOfBirth',
      'probationer.firstName',
      'probationer.lastName',
      'probationer.phone',
    ])
    const { id: probationerId } = await aPerson([country.spip])
    const known = await refused(
      actAt(agent, monday, (ctx) => bookAppointment(ctx, { ...appointment, probationerId })),
    )
    expect(known).toEqual(['date', 'time'])
  })

  test('a record corrected into nothing', async () => {
    const person = await aPerson([country.spip])
    const typed = { ...emptyPerson, probationerId: person.id, version: person.updatedAt.toISOString() }
    const fields = await refused(actAt(agent, monday, (ctx) => updateProbationer(ctx, typed)))
    expect(fields).toEqual(['dateOfBirth', 'firstName', 'lastName', 'phone'])
  })
})

test('an example given beside a field would be accepted there', () => {
  const said = (typed: object) =>
    Object.fromEntries(
      registerProbationerInput
        .safeParse({ lastName: 'A', firstName: 'B', ...typed })
        .error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? [],
    )
  const exampleOf = (sentence: string | undefined) =>
    /Exemple\u00a0: ([^.]+)\./.exec(sentence ?? '')?.[1] ?? ''
  const birth = parseTypedBirthDate(exampleOf(said({ dateOfBirth: 'hier' }).dateOfBirth), '2026-11-27')
  expect(birth).not.toBeNull()
  expect(whyNotDateOfBirth(birth, '2026-11-27', { mayBeMissing: false })).toBeNull()
  expect(isAppiNumber(exampleOf(said({ appiNumber: '5' }).appiNumber))).toBe(true)

  for (const today of ['2026-11-27', '2027-06-01', '2031-03-15'])
    expect(parseTypedDate(exampleOf(appointmentRefusals['appointment.date_missing']), today)).not.toBeNull()
  expect(parseTypedTime(exampleOf(appointmentRefusals['appointment.time_missing']))).toBe('14:30')
})

test('what a notice of resemblance says of the next appointment: its day inside, nothing outside', async () => {
  const person = await aPerson([country.spip], { lastName: 'ATTENDU', dateOfBirth: '1980-02-02' })
  const slot = await aSlot(country.spip, 'probation_follow_up', '2026-10-14', '14:30')
  await prisma.appointment.create({
    data: {
      probationerId: person.id,
      slotId: slot.id,
      typeCode: 'probation_follow_up',
      organizationId: country.spip.id,
      placeId: country.spip.placeId,
      startsAt: slot.startsAt,
      creatingOrganizationId: country.spip.id,
    },
  })
  const typed = {
    lastName: 'attendu',
    firstName: 'karim',
    dateOfBirth: '1980-02-02',
    phone: null,
    appiNumber: null,
  }
  const [inside] = await actAt(agent, monday, (ctx) => duplicatesOf(ctx, typed))
  expect(inside?.record?.expected).toEqual({ service: 'SPIP de Nanterre', date: '2026-10-14', time: '14:30' })
  const stranger = await anAgent(country.foreign, 'probation_counsellor')
  const [outside] = await actAt(stranger, monday, (ctx) => duplicatesOf(ctx, typed))
  expect(outside?.record).toBeNull()
  expect(JSON.stringify(outside)).not.toContain('2026-10-14')
})
