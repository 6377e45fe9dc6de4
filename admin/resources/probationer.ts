import { defineResource, type CellValue, type ListRequest, type ListResult } from '../define/resource'
import { paths } from '../paths'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { formatDay, formatHour, formatShortDate, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { isExecutionOffice } from '../../resources/shared/rights'
import { mayWithProbationers, probationersVisibleTo } from '../../resources/probationer/policy'
import { listProbationers, type ProbationerLine } from '../../resources/probationer/queries/list.server'

export const probationerResource = defineResource('Probationer', {
  columns: ['lastName', 'firstName'],
  title: 'lastName',
  visibleTo: probationersVisibleTo,
  mayOpen: (actor) => mayWithProbationers(actor, 'index'),
  words: {
    plural: 'Probationnaires',
    noun: ['personne', 'personnes'],
    columns: { lastName: 'Nom', firstName: 'Prénom' },
  },
  show: 'ProbationerRecord',
  list: {
    columns: [
      { key: 'name', label: 'Nom' },
      { key: 'birth', label: 'Naissance' },
      { key: 'appi', label: 'N° APPI' },
      { key: 'phone', label: 'Portable' },
      { key: 'agent', label: 'Référent' },
      { key: 'next', label: 'Prochaine convocation' },
      { key: 'act', label: '', end: true },
    ],
    filters: [
      { name: 'text', label: 'Personne', kind: 'text', hint: 'Nom, téléphone, naissance, n° APPI' },
      { name: 'mine', label: 'Mes suivis', kind: 'box' },
      { name: 'withoutAppointment', label: 'Sans convocation à venir', kind: 'box' },
      { name: 'wholeJurisdiction', label: 'Tout le ressort', kind: 'box' },
    ],
    empty: {
      title: 'Aucune personne ne répond à ces filtres',
      hint: 'Élargissez à tout le ressort, ou cherchez par téléphone, date de naissance ou numéro APPI.',
    },
    read: readList,
  },
})

async function readList(
  ctx: Context<AgentActor>,
  { filters, page, perPage }: ListRequest,
): Promise<ListResult> {
  const { rows, total } = await listProbationers(ctx, {
    ...(filters.text && { text: filters.text }),
    mine: filters.mine === 'on',
    withoutAppointment: filters.withoutAppointment === 'on',
    ownOrganization:
      filters.wholeJurisdiction !== 'on' &&
      !isExecutionOffice(ctx.actor) &&
      ctx.actor.role !== 'central_admin',
    page,
    perPage,
  })
  return { total, rows: rows.map((line) => ({ id: line.id, cells: cellsOf(line) })) }
}

function cellsOf(line: ProbationerLine): Record<string, CellValue> {
  const { nextAppointment: next } = line
  return {
    name: { text: fullName(line), to: paths.probationer(line.id), sub: line.organizations.join(', ') },
    birth: line.dateOfBirth && formatShortDate(line.dateOfBirth),
    appi: line.appiNumber,
    phone: line.phone && formatPhone(line.phone),
    agent: line.assignedAgent && `${line.assignedAgent.firstName} ${line.assignedAgent.lastName}`,
    next: next && {
      text: `${formatDay(next.date)} à ${formatHour(next.time)}`,
      to: paths.appointment(next.id),
      sub: next.label,
      kind: 'light',
    },
    act: actOf(line),
  }
}

function actOf(line: ProbationerLine): CellValue {
  if (line.archived) return { text: 'Archivée', tone: 'off', icon: 'lock' }
  if (line.divestmentPendingFor) {
    return { text: `Dessaisissement vers ${line.divestmentPendingFor}`, tone: 'warn', icon: 'swap' }
  }
  const label = `Convoquer ${fullName(line)}`
  return line.mayBook ? { text: 'Convoquer', to: paths.book(line.id), kind: 'act', label } : null
}
