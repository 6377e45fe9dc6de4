import type { ImportRun } from '@prisma/client'
import { createRecord } from '../../probationer/commands/create-record.server'
import { followByImport, type ImportingService } from '../../probationer/commands/follow-by-import.server'
import { knownPersons } from '../../probationer/queries/known.sql.server'
import { probationerRefusals } from '../../probationer/fr'
import { typedPerson } from '../../probationer/schema'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { fold } from '../../shared/fold'
import { parseTypedBirthDate } from '../../shared/french'
import { lineReasons } from '../fr'
import { reasonOf } from '../reason'
import type { FileRow, WorkedRow } from '../commands/rows.sql.server'

/** What is not followed in the community: imprisonment, its adjustments, remand in custody. */
const otherMeasures = ['emprisonnement', 'amenagement de peine', 'placement en detention provisoire']

const startsFormula = /^[=+@-]/

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
  const worked: WorkedRow[] = []
  // One after the other: two lines of one person must meet.
  for (const { line, cells } of rows)
    worked.push({
      line,
      ...(service ? await registerFromCells(ctx, cells, service) : refused(lineReasons.serviceGone)),
    })
  return worked
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

type Settled = Pick<WorkedRow, 'outcome' | 'reason'>
const refused = (reason: string): Settled => ({ outcome: 'refused', reason })
const left = (reason: string): Settled => ({ outcome: 'left_alone', reason })

async function registerFromCells(
  ctx: Context<AgentActor>,
  [lastName = '', firstName = '', birth = '', file = '', measure = '']: readonly string[],
  service: ImportingService,
): Promise<Settled> {
  if (otherMeasures.some((other) => fold(measure).startsWith(other))) return left(lineReasons.otherMeasure)
  if ([lastName, firstName].some((name) => startsFormula.test(name))) return refused(lineReasons.formula)
  const dateOfBirth = parseTypedBirthDate(birth, civilOf(ctx.now, ctx.actor.organization.timeZone).date)
  if (birth !== '' && dateOfBirth === null) return refused(lineReasons.unreadableBirth)
  const read = typedPerson.safeParse({
    ...{ lastName, firstName, dateOfBirth },
    // "SPIP 92 n° 202312345678"
    appiNumber: file.slice(file.lastIndexOf('°') + 1),
    hasNoMobilePhone: true,
  })
  if (!read.success) return refused([...new Set(read.error.issues.map(({ message }) => message))].join(' '))
  const person = read.data
  if (person.appiNumber === null && person.dateOfBirth === null)
    return refused(probationerRefusals['probationer.date_of_birth_missing'])
  const [known, ...others] = await knownPersons(ctx, person)
  if (others.length > 0) return left(lineReasons.severalAlike)
  if (known) {
    const reason = await followByImport(ctx, known.id, service)
    return reason === null ? { outcome: 'linked', reason: null } : left(lineReasons[reason])
  }
  try {
    await createRecord(ctx, person, {
      organizationIds: service.linkedIds.length > 1 ? [service.id] : [service.id, ...service.linkedIds],
      creatingOrganizationId: null,
      event: 'probationer.imported',
    })
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    return reason === probationerRefusals['probationer.identity_alike']
      ? left(lineReasons.alikeWithoutNumber)
      : refused(reason)
  }
  return { outcome: 'created', reason: null }
}
