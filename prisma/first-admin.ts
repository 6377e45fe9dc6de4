import { parseArgs } from 'node:util'
import { fold } from '../resources/shared/fold'
import type { SystemActor } from '../resources/shared/actor'
import { courtName, readCourts } from './seed/courts'

/**
 * `npm run first-admin`: opens a new database. Creates a court from the list of courts and invites the
 * first central admin there, by mail; everybody else is invited from the back office.
 */
const { values } = parseArgs({
  // The name of the role, by which settings are those of production.
  allowPositionals: true,
  options: {
    email: { type: 'string', default: '' },
    'first-name': { type: 'string', default: '' },
    'last-name': { type: 'string', default: '' },
    court: { type: 'string', default: '' },
  },
})
const court = readCourts().find(({ seat }) => fold(seat) === fold(values.court))
if (!court) {
  process.stderr.write(
    'npm run first-admin -- --email prenom.nom@justice.fr --first-name Prénom --last-name Nom --court Nanterre\n' +
      'Le tribunal est nommé par sa ville, comme dans la liste des tribunaux.\n',
  )
  process.exit(2)
}

const { env } = await import('../resources/shared/env.server')
const { assertReachable } = await import('./reach')
const { transact } = await import('../resources/shared/transact.server')
const { prisma, pool } = await import('../resources/shared/db.server')
const { inviteAgent } = await import('../resources/agent/commands/invitation.server')
const { refusalOf } = await import('../resources/refusals')
const actor: SystemActor = { kind: 'system', task: 'first-admin' }
await assertReachable(env.DATABASE_URL).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
})
try {
  await transact(actor, async (ctx) => {
    const name = courtName(court)
    const { id: organizationId } = await ctx.tx.organization.upsert({
      where: { name },
      create: {
        name,
        kind: 'court',
        departmentCode: court.departmentCode,
        timeZone: court.timeZone,
        createdAt: ctx.now,
      },
      update: {},
      select: { id: true },
    })
    await inviteAgent(ctx, {
      email: values.email,
      firstName: values['first-name'],
      lastName: values['last-name'],
      role: 'central_admin',
      organizationId,
    })
  })
  process.stdout.write('Invitation partie : le lien du courriel sert une fois, pendant 30 jours.\n')
} catch (error) {
  const refusal = refusalOf(error)
  if (!refusal) throw error
  process.stderr.write(
    `${[...new Set([refusal.message, ...Object.values(refusal.fieldErrors)])].join('\n')}\n`,
  )
  process.exitCode = 1
} finally {
  await prisma.$disconnect()
  await pool.end()
}
