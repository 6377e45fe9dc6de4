import { beforeAll, describe, expect, it } from 'vitest'
import { archiveProbationer } from '../../resources/probationer/commands/archive.server'
import { askForReport } from '../../resources/retention/commands/foresee.server'
import type { AgentActor } from '../../resources/shared/actor'
import { addMonths, civilOf, instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { Forbidden } from '../../resources/shared/errors'
import { transact } from '../../resources/shared/transact.server'
import { dueAt, schedule } from '../../worker/schedule'
import { tasks } from '../../worker/tasks'
import { tracesOf } from '../support/traces-of'
import { drainQueue, queuedJobs } from '../support/queue'
import { aCountry, actAt, anAgent, aPerson } from '../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let central: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  central = await anAgent(country.court, 'central_admin', { firstName: 'Salomé', lastName: 'Perrin' })
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

/** A quarter of an hour of the crontab, and all that it starts. */
async function tick(instant: Date) {
  await prisma.$executeRaw`
    SELECT graphile_worker.add_job('start-scheduled', ${JSON.stringify({ _cron: { ts: instant.toISOString(), backfilled: false } })}::json)`
  await drainQueue(tasks)
}
const { date: today } = civilOf(new Date(), 'Europe/Paris')
const oneInTheMorning = instantOf(today, '01:00', 'Europe/Paris')
const nine = instantOf(today, '09:00', 'Europe/Paris')

async function inactive(lastName: string) {
  const { id } = await aPerson([country.spip], { lastName })
  await prisma.probationer.update({
    where: { id },
    data: { createdAt: daysAgo(500), followingsChangedAt: daysAgo(500) },
  })
  return id
}
const lastLine = (task: string) =>
  prisma.jobRun.findFirst({
    where: { task },
    orderBy: { id: 'desc' },
    select: { handled: true, leftOut: true },
  })

describe('The night', () => {
  it('[P100] erases six months later the record that an agent archived, and archives who is inactive', async () => {
    const who = {
      lastName: 'TREMBLEPOUILLE',
      firstName: 'Ysolinde',
      phones: ['+33639986677'],
      appiNumber: '202399887766',
    }
    const { id } = await aPerson([country.spip], {
      lastName: who.lastName,
      firstName: who.firstName,
      phone: '+33639986677',
      appiNumber: who.appiNumber,
    })
    const archivedOn = instantOf(addMonths(today, -6), '00:30', 'Europe/Paris')
    await actAt(counsellor, archivedOn, (ctx) => archiveProbationer(ctx, { probationerId: id }))
    const recent = await aPerson([country.spip])
    await actAt(counsellor, daysAgo(150), (ctx) => archiveProbationer(ctx, { probationerId: recent.id }))
    const quiet = await inactive('SANSBRUIT')
    expect(await tracesOf(who)).not.toEqual([])

    await tick(oneInTheMorning)
    expect(await tracesOf(who)).toEqual([])
    expect(await prisma.probationer.count({ where: { id } })).toBe(0)
    expect(await prisma.probationer.count({ where: { id: recent.id } })).toBe(1)
    expect((await prisma.probationer.findUniqueOrThrow({ where: { id: quiet } })).archivedAt).not.toBeNull()
    expect(await lastLine('erase-archived')).toEqual({ handled: 1, leftOut: 0 })
    expect(await lastLine('archive-inactive')).toEqual({ handled: 1, leftOut: 0 })

    // The next night finds nothing left to do.
    await tick(oneInTheMorning)
    expect(await lastLine('erase-archived')).toEqual({ handled: 0, leftOut: 0 })
    expect(await lastLine('archive-inactive')).toEqual({ handled: 0, leftOut: 0 })
  })

  it('goes on when one person cannot be erased, says by id who, and takes them the next night', async () => {
    const [stuck, other] = await Promise.all(
      [0, 1].map(() => aPerson([country.spip], { archivedAt: daysAgo(200) })),
    )
    await prisma.$executeRawUnsafe(`
      CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF OLD.id = ${stuck?.id ?? 0} THEN RAISE EXCEPTION 'not this one'; END IF; RETURN OLD; END $$`)
    await prisma.$executeRaw`CREATE TRIGGER refuse_one BEFORE DELETE ON probationer FOR EACH ROW EXECUTE FUNCTION refuse_one()`
    await tick(oneInTheMorning)
    expect(await lastLine('erase-archived')).toEqual({ handled: 1, leftOut: 1 })
    expect(await prisma.probationer.count({ where: { id: other?.id ?? 0 } })).toBe(0)
    await prisma.$executeRaw`DROP TRIGGER refuse_one ON probationer`
    await tick(oneInTheMorning)
    expect(await lastLine('erase-archived')).toEqual({ handled: 1, leftOut: 0 })
  })

  it('has its hours: nine to say, one to do, four to count', () => {
    const startedAt = (instant: Date) =>
      dueAt(instant, schedule)
        .filter(({ zone }) => zone === 'Europe/Paris')
        .map(({ job }) => job.name)
    expect(startedAt(oneInTheMorning)).toEqual(expect.arrayContaining(['archive-inactive', 'erase-archived']))
    expect(startedAt(nine)).toEqual(['foresee-retention'])
    expect(startedAt(instantOf(today, '04:00', 'Europe/Paris'))).toContain('refresh-figures')
  })

  it('counts the figures of every service again at four', async () => {
    await tick(instantOf(today, '04:00', 'Europe/Paris'))
    expect((await lastLine('refresh-figures'))?.handled).toBe(await prisma.organization.count())
  })
})

describe('The morning before', () => {
  const mails = () =>
    prisma.outboxItem.findMany({
      where: { channel: 'email' },
      orderBy: { id: 'asc' },
      select: { recipient: true, subject: true, body: true },
    })

  it('is silent when nothing is to be done', async () => {
    await tick(nine)
    expect(await mails()).toEqual([])
    expect(await lastLine('would-erase')).toEqual({ handled: 0, leftOut: 0 })
  })

  it('tells central admins what the night will archive and erase, by ids, and does nothing', async () => {
    const quiet = await inactive('DISCRÈTEMENT')
    const { id: gone } = await aPerson([country.spip], { lastName: 'BIENTÔTPARTI', archivedAt: daysAgo(200) })
    await tick(nine)
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    const { email } = await prisma.agent.findUniqueOrThrow({ where: { id: central.id } })
    expect(mail?.recipient).toBe(email)
    expect(mail?.body).toContain(`1\u00a0fiche sera archivée d’elle-même`)
    expect(mail?.body).toContain(`Fiches n°\u00a0${quiet}.`)
    expect(mail?.body).toContain(`1\u00a0fiche sera effacée`)
    expect(mail?.body).toContain(`Fiches n°\u00a0${gone}.`)
    expect(mail?.body).not.toMatch(/DISCR|BIENT.TPARTI|Karim/)
    expect(await lastLine('would-archive')).toEqual({ handled: 1, leftOut: 0 })
    expect(await lastLine('would-erase')).toEqual({ handled: 1, leftOut: 0 })
    expect(await prisma.probationer.count({ where: { id: { in: [quiet, gone] } } })).toBe(2)
  })

  it('is asked for at any hour by a central admin, and by nobody else', async () => {
    const before = (await mails()).length
    expect(await transact(central, (ctx) => askForReport(ctx, {}))).toEqual({ archived: 1, erased: 1 })
    expect(JSON.stringify(await queuedJobs())).not.toContain('BIENTÔT')
    await drainQueue(tasks)
    expect((await mails()).length).toBe(before + 1)
    await expect(transact(counsellor, (ctx) => askForReport(ctx, {}))).rejects.toThrow(Forbidden)
  })
})
