import { beforeAll, describe, expect, it } from 'vitest'
import { acceptDivestment, refuseDivestment } from '../../resources/divestment/commands/answer.server'
import { requestDivestment } from '../../resources/divestment/commands/request.server'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { divestmentTasks } from '../../worker/divestments'
import { mailTasks } from '../../worker/mail/tasks'
import { dueAt, schedule } from '../../worker/schedule'
import { drainQueue } from '../support/queue'
import { aCountry, actAt, anAgent, aPerson, aSlot } from '../support/world'

const tasks = { ...mailTasks, ...divestmentTasks }
const dayLong = 86_400_000
let country: Awaited<ReturnType<typeof aCountry>>
beforeAll(async () => {
  country = await aCountry()
})

const ago = (days: number) => new Date(Date.now() - days * dayLong)

/** Asked for so many days ago, followed by the service of Nanterre only. */
async function asked(days: number) {
  const claimant = await anAgent(country.foreign, 'probation_counsellor')
  const person = await aPerson([country.spip])
  const date = ago(days + 20)
    .toISOString()
    .slice(0, 10)
  const slot = await aSlot(country.spip, 'probation_follow_up', date, '10:00', { seatsTaken: 1 })
  await prisma.appointment.create({
    data: {
      ...{ probationerId: person.id, slotId: slot.id, startsAt: slot.startsAt, state: 'attended' },
      ...{ typeCode: 'probation_follow_up', organizationId: country.spip.id, placeId: country.spip.placeId },
      creatingOrganizationId: country.spip.id,
    },
  })
  const { id } = await actAt(claimant, ago(days), (ctx) =>
    requestDivestment(ctx, {
      ...{ lastName: person.lastName, firstName: person.firstName, dateOfBirth: '1991-04-12' },
      ...{ phone: '', appiNumber: '', probationerId: person.id },
    }),
  )
  return { id, person, claimant: await prisma.agent.findUniqueOrThrow({ where: { id: claimant.id } }) }
}
const mailsTo = async (recipient: string) =>
  (await prisma.outboxItem.findMany({ where: { recipient }, orderBy: { id: 'asc' } })).map(
    ({ subject, body }) => ({ subject, body }),
  )

describe('the mails of a divestment', () => {
  it('say to the mailbox of the service and to its local admins that a request waits, naming nobody', async () => {
    const mailbox = 'boite.spip@justice.example'
    await prisma.organization.update({ where: { id: country.spip.id }, data: { sharedMailbox: mailbox } })
    const admin = await anAgent(country.spip, 'local_admin', { passwordHash: 'x' })
    const { email } = await prisma.agent.findUniqueOrThrow({ where: { id: admin.id } })
    const { person } = await asked(0)
    await drainQueue(tasks)
    for (const recipient of [mailbox, email]) {
      const [mail, ...others] = await mailsTo(recipient)
      expect(others).toEqual([])
      expect(mail?.subject).toBe('[Mon Suivi Justice] Une demande de dessaisissement attend votre réponse')
      expect(mail?.body).toContain(`${env.PUBLIC_URL}/admin/resources/Divestment\n`)
      expect(JSON.stringify(mail)).not.toContain(person.lastName)
    }
    await prisma.divestment.deleteMany()
  })

  it('say to who asked that it is accepted, with the record, or refused, with whom to call', async () => {
    const accepted = await asked(1)
    const secretary = await anAgent(country.spip, 'probation_secretary', {
      lastName: 'Faure',
      firstName: 'Inès',
    })
    await actAt(secretary, new Date(), (ctx) => acceptDivestment(ctx, { divestmentId: accepted.id }))
    const refused = await asked(1)
    await actAt(secretary, new Date(), (ctx) =>
      refuseDivestment(ctx, { divestmentId: refused.id, comment: 'Suivi en cours' }),
    )
    await drainQueue(tasks)
    const [yes] = await mailsTo(accepted.claimant.email)
    expect(yes?.subject).toBe('[Mon Suivi Justice] Un dessaisissement est accepté')
    expect(yes?.body).toContain(`/records/${accepted.person.id}/show`)
    const [no] = await mailsTo(refused.claimant.email)
    expect(no?.subject).toBe('[Mon Suivi Justice] Un dessaisissement est refusé')
    for (const said of ['Suivi en cours', 'Inès Faure (Secrétariat SPIP)', 'SPIP de Nanterre'])
      expect(no?.body).toContain(said)
    expect(JSON.stringify([yes, no])).not.toMatch(/PERSONNE/)
  })
})

describe('the night of divestments', () => {
  it('begins at six in Paris, summer and winter', () => {
    const due = (instant: string) =>
      dueAt(new Date(instant), schedule).some(({ job }) => job.name === 'settle-divestments')
    expect(due('2026-07-01T04:00:00Z')).toBe(true)
    expect(due('2026-12-01T05:00:00Z')).toBe(true)
    expect(due('2026-12-01T04:00:00Z')).toBe(false)
  })

  it('accepts what is late, tells who asked, and leaves a line in the job log', async () => {
    await prisma.divestment.deleteMany()
    const late = await asked(11)
    const early = await asked(2)
    await prisma.$executeRaw`SELECT graphile_worker.add_job('settle-divestments', '{}')`
    await drainQueue(tasks)
    const states = await prisma.divestment.findMany({ orderBy: { id: 'asc' } })
    expect(states.map(({ id, state }) => [id, state])).toEqual([
      [late.id, 'accepted'],
      [early.id, 'pending'],
    ])
    const [mail] = await mailsTo(late.claimant.email)
    expect(mail?.subject).toBe('[Mon Suivi Justice] Un dessaisissement est accepté')
    expect(await prisma.jobRun.findFirst({ where: { task: 'settle-divestments' } })).toMatchObject({
      handled: 2,
    })
  })
})
