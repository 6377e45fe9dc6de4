import type { ImportRun } from '@prisma/client'
import type * as z from 'zod'
import { createRecord } from '../../probationer/commands/create-record.server'
import { followByImport, type ImportingService } from '../../probationer/commands/follow-by-import.server'
import { identityOf, lockIdentity } from '../../probationer/commands/typed-person.server'
import { knownPersons } from '../../probationer/queries/known.sql.server'
import { probationerRefusals } from '../../probationer/fr'
import { typedPerson } from '../../probationer/schema'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { Refused } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { parseTypedBirthDate } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { apart } from '../../shared/savepoint.sql.server'
import { lineReasons } from '../fr'
import { reasonOf } from '../reason'
import type { FileRow, WorkedRow } from '../commands/rows.sql.server'

/** What is not followed in the community: imprisonment, its adjustments, remand in custody. */
const otherMeasures = ['emprisonnement', 'amenagement de peine', 'placement en detention provisoire']

/**
 * Registers the persons of lines as the form does, followed by the chosen service and those linked to it; the
 * chosen one alone when there are several. Who is known already, by their number or, without one, by their
 * identity, is joined by the service when it is the other half of the one that follows them (decision P8).
 */
export async function registerFromRows(
  ctx: Context<AgentActor>,
  rows: readonly FileRow[],
  { organizationId }: ImportRun,
): Promise<WorkedRow[]> {
  const service = organizationId === null ? null : await importingService(ctx, organizationId)
  if (!service) return rows.map(({ line }) => ({ line, ...refused(lineReasons.serviceGone) }))
  const lines = rows.map(({ line, cells }) => ({ line, read: readPerson(ctx, cells) }))
  await lockAll(
    ctx,
    lines.flatMap(({ read }) => ('person' in read ? [read.person] : [])),
  )
  const worked: WorkedRow[] = []
  // One after the other: two lines of one person must meet.
  for (const { line, read } of lines)
    worked.push({ line, ...('person' in read ? await settle(ctx, read.person, service) : read.settled) })
  return worked
}

/** Two files of the same persons at once, in any order, wait for each other once: identities first, as a form does. */
async function lockAll(ctx: Context, persons: readonly Person[]): Promise<void> {
  for (const person of persons.toSorted((one, other) => (identityOf(one) < identityOf(other) ? -1 : 1)))
    await lockIdentity(ctx, person)
  const known: number[] = []
  for (const person of persons) known.push(...(await knownPersons(ctx, person)).map(({ id }) => id))
  await lock(ctx, { probationer: known })
}

async function importingService(ctx: Context, id: number): Promise<ImportingService | null> {
  const found = await ctx.tx.organization.findUnique({
    where: { id },
    select: {
      ...{ id: true, kind: true, name: true },
      probationServiceLinks: { select: { probationServiceId: true } },
      courtLinks: { select: { courtId: true } },
    },
  })
  return (
    found && {
      ...found,
      linkedIds: [
        ...found.probationServiceLinks.map(({ probationServiceId }) => probationServiceId),
        ...found.courtLinks.map(({ courtId }) => courtId),
      ],
    }
  )
}

type Person = z.output<typeof typedPerson>
type Settled = Omit<WorkedRow, 'line'>
const refused = (reason: string): Settled => ({ outcome: 'refused', reason })
const linked: Settled = { outcome: 'linked', reason: null }
const left = (reason: string): Settled => ({ outcome: 'left_alone', reason })

/** The person of a line, or why there is none to register. */
function readPerson(
  ctx: Context<AgentActor>,
  [lastName = '', firstName = '', birth = '', file = '', measure = '']: readonly string[],
): { person: Person } | { settled: Settled } {
  if (otherMeasures.some((other) => fold(measure).startsWith(other)))
    return { settled: left(lineReasons.otherMeasure) }
  const dateOfBirth = parseTypedBirthDate(birth, civilOf(ctx.now, ctx.actor.organization.timeZone).date)
  if (birth !== '' && dateOfBirth === null) return { settled: refused(lineReasons.unreadableBirth) }
  const read = typedPerson.safeParse({
    ...{ lastName, firstName, dateOfBirth },
    // "SPIP 92 n° 202312345678"
    appiNumber: file.slice(file.lastIndexOf('°') + 1),
    hasNoMobilePhone: true,
  })
  if (!read.success)
    return { settled: refused([...new Set(read.error.issues.map(({ message }) => message))].join(' ')) }
  const { data: person } = read
  return person.appiNumber === null && person.dateOfBirth === null
    ? { settled: refused(probationerRefusals['probationer.date_of_birth_missing']) }
    : { person }
}

async function settle(ctx: Context<AgentActor>, person: Person, service: ImportingService): Promise<Settled> {
  const [known, ...others] = await knownPersons(ctx, person)
  if (others.length > 0) return left(lineReasons.severalAlike)
  if (known) {
    const reason = await followByImport(ctx, known.id, service)
    return { ...(reason === null ? linked : left(lineReasons[reason])), recordId: known.id }
  }
  try {
    // Somebody else may have taken the number since: that line alone is lost.
    const { id: recordId } = await apart(ctx, () =>
      createRecord(ctx, person, {
        organizationIds: service.linkedIds.length > 1 ? [service.id] : [service.id, ...service.linkedIds],
        creatingOrganizationId: null,
        event: 'probationer.imported',
      }),
    )
    return { outcome: 'created', reason: null, recordId }
  } catch (error) {
    if (error instanceof Refused && error.code === 'probationer.identity_alike')
      return left(lineReasons.alikeWithoutNumber)
    const reason = reasonOf(error)
    if (reason === null) throw error
    return refused(reason)
  }
}
