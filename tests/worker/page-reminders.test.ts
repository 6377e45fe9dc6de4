import { beforeAll, describe, expect, it } from 'vitest'
import { publicPageData } from '../../prisma/seed/public-pages'
import { markPageChecked } from '../../resources/public-page/commands/page.server'
import { remindOfPages } from '../../resources/public-page/commands/remind.server'
import type { AgentActor } from '../../resources/shared/actor'
import { monthsAfter } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { transact } from '../../resources/shared/transact.server'
import { tasks } from '../../worker/tasks'
import { drainQueue } from '../support/queue'
import { aCountry, actAt, anAgent } from '../support/world'

let admins: AgentActor[]
let pageId: number
let mails = 0
beforeAll(async () => {
  const { spip, court } = await aCountry()
  admins = [
    await anAgent(spip, 'local_admin', { passwordHash: 'hash' }),
    await anAgent(spip, 'local_admin', { passwordHash: 'hash' }),
  ]
  await anAgent(spip, 'probation_counsellor')
  await anAgent(court, 'local_admin')
  const page = publicPageData(
    {
      ...{
        organizationId: spip.id,
        name: 'SPIP 92 Nanterre',
        kind: 'probation_service',
        departmentCode: '92',
      },
      ...{ postalCode: '92000', cityName: 'Nanterre', placeName: 'SPIP', timeZone: 'Europe/Paris' },
      ...{ address: '14 rue des Peupliers, 92000 Nanterre', phone: '+33199001020' },
    },
    new Date(),
  )
  pageId = (await prisma.publicPage.create({ data: page })).id
})

const checkedMonthsAgo = (months: number) =>
  prisma.publicPage.update({
    where: { id: pageId },
    data: { checkedAt: monthsAfter(new Date(), -months, 'UTC') },
  })

const remind = () => transact({ kind: 'system', task: 'test' }, remindOfPages)

/** What was sent since the last time it was asked. */
async function sent() {
  await drainQueue(tasks)
  const all = await prisma.outboxItem.findMany({
    where: { channel: 'email', subject: { contains: 'à relire' } },
    orderBy: { id: 'asc' },
    select: { recipient: true, body: true },
  })
  const news = all.slice(mails)
  mails = all.length
  return news
}

describe('the page of a service', () => {
  it('checked within six months asks nothing of anybody', async () => {
    await checkedMonthsAgo(5)
    expect(await remind()).toBe(0)
    expect(await sent()).toEqual([])
  })

  it('unread for six months is written about to each local admin of its service, once a month', async () => {
    await checkedMonthsAgo(7)
    expect(await remind()).toBe(1)
    const letters = await sent()
    expect(letters.map(({ recipient }) => recipient).sort()).toEqual(
      (
        await prisma.agent.findMany({
          where: { id: { in: admins.map(({ id }) => id) } },
          select: { email: true },
        })
      )
        .map(({ email }) => email)
        .sort(),
    )
    expect(letters[0]?.body).toContain(`/admin/resources/PublicPage/records/${pageId}/show`)
    expect(letters[0]?.body).toMatch(/vérifiée pour la dernière fois le/)

    expect(await remind()).toBe(0)
    await prisma.publicPage.update({
      where: { id: pageId },
      data: { remindedAt: monthsAfter(new Date(), -2, 'UTC') },
    })
    expect(await remind()).toBe(1)
  })

  it('checked meanwhile is written about no more: the mail that waits is not sent', async () => {
    await sent()
    await checkedMonthsAgo(7)
    await prisma.publicPage.update({ where: { id: pageId }, data: { remindedAt: null } })
    expect(await remind()).toBe(1)
    const [admin] = admins
    if (!admin) throw new Error('no admin')
    await actAt(admin, new Date(), (ctx) => markPageChecked(ctx, { pageId }))
    expect(await sent()).toEqual([])
  })

  it('that nobody ever checked says so, six months after it was written', async () => {
    const written = (months: number) =>
      prisma.publicPage.update({
        where: { id: pageId },
        data: { checkedAt: null, remindedAt: null, updatedAt: monthsAfter(new Date(), -months, 'UTC') },
      })
    await written(5)
    expect(await remind()).toBe(0)
    await written(7)
    expect(await remind()).toBe(1)
    expect((await sent())[0]?.body).toContain('Personne n’a encore vérifié')
  })

  it('that is closed, or whose local admins have not come yet, is nobody’s to read', async () => {
    await checkedMonthsAgo(7)
    await prisma.publicPage.update({ where: { id: pageId }, data: { remindedAt: null } })
    const ids = admins.map(({ id }) => id)
    await prisma.agent.updateMany({ where: { id: { in: ids } }, data: { passwordHash: null } })
    expect(await remind()).toBe(0)
    await prisma.agent.updateMany({ where: { id: { in: ids } }, data: { passwordHash: 'hash' } })
    expect(await remind()).toBe(1)

    await prisma.publicPage.update({
      where: { id: pageId },
      data: { remindedAt: null, state: 'archived', closing: 'gone' },
    })
    expect(await remind()).toBe(0)
  })
})
