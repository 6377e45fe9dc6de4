import type { ActionContext } from 'adminjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { ForbiddenError } from '../../admin/adminjs/adminjs'
import { DomainResource } from '../../admin/define/domain-resource'
import { placesVisibleTo } from '../../resources/place/policy'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { anAgent, aService, type AService } from '../support/world'

const places = new DomainResource({
  model: 'Place',
  columns: ['name', 'organization'],
  title: 'name',
  facts: { archivedAt: true, organization: { select: { kind: true } } },
  visibleTo: placesVisibleTo,
  reachedBy: { lookAnywhere: () => ({}) },
})
/** A table whose id is a code. */
const types = new DomainResource({
  model: 'AppointmentType',
  columns: ['label'],
  title: 'label',
  facts: {},
  visibleTo: () => ({}),
  reachedBy: {},
})

let spip: AService
let foreign: AService
let actor: AgentActor
let context: ActionContext
const during = (name: string) => ({ ...context, action: { name } }) as unknown as ActionContext

beforeAll(async () => {
  spip = await aService('SPIP 92 Nanterre', 'probation_service')
  foreign = await aService('SPIP 69 Lyon', 'probation_service')
  actor = await anAgent(spip, 'local_admin')
  context = { currentAdmin: { email: '', actor }, action: { name: 'show' } } as unknown as ActionContext
})

describe('A model as the back office may read it', () => {
  it('knows the declared columns only, and the key of what they refer to', () => {
    const paths = places.properties().map((property) => property.path())
    expect(paths).toEqual(['id', 'name', 'organization'])
  })

  it('describes a record by its declared columns, references by their names', async () => {
    expect(await places.describedOne(actor, spip.placeId)).toMatchObject({
      id: spip.placeId,
      name: 'SPIP 92 Nanterre',
      organization: { name: 'SPIP 92 Nanterre' },
    })
    const described = await places.describedOne(actor, spip.placeId)
    expect(Object.keys(described ?? {}).sort()).toEqual(['archivedAt', 'id', 'name', 'organization'])
  })

  it('reads what rights depend on beside the record, not among what AdminJS sends', async () => {
    const record = await places.findOne(spip.placeId, context)
    expect(record?.facts).toMatchObject({ archivedAt: null, organization: { kind: 'probation_service' } })
    expect(record?.params).toEqual({ id: spip.placeId })
  })

  it('reads within what the actor sees, whichever way it is asked', async () => {
    expect(await places.findOne(foreign.placeId, context)).toBeNull()
    expect(await places.findMany([spip.placeId, foreign.placeId, 'x', -1], context)).toHaveLength(1)
    expect(await places.describedOne(actor, foreign.placeId)).toBeNull()
    const found = await places.titled(actor, 'name', { text: 'spip', where: {}, skip: 0, take: 50 })
    expect(found).toMatchObject({ total: 1, rows: [{ id: spip.placeId }] })
  })

  it('is acted on where the action says, and there only', async () => {
    expect(await places.findOne(foreign.placeId, during('lookAnywhere'))).not.toBeNull()
    expect(await places.findOne(foreign.placeId, during('show'))).toBeNull()
  })

  it('finds a title whatever its accents and capitals, and nothing for a text of signs only', async () => {
    const totalOf = async (text: string) =>
      (await places.titled(actor, 'name', { text, where: {}, skip: 0, take: 1 })).total
    expect([await totalOf('NÀNTERRE'), await totalOf('lyon'), await totalOf('…')]).toEqual([1, 0, 0])
  })

  it('has no record under what cannot be an id', async () => {
    for (const id of ['999999999999', '1.5', '-1', '0', '', ' ', '__proto__', '1e999'])
      expect(await places.findOne(id, context), id).toBeNull()
    for (const id of ['inconnu', '../hearing', 'a'.repeat(65), ''])
      expect(await types.findOne(id, context)).toBeNull()
  })

  it('finds by a code where ids are codes', async () => {
    const record = await types.findOne('probation_follow_up', context)
    expect(record?.params).toEqual({ code: 'probation_follow_up' })
    expect(types.idOf(record?.facts ?? {})).toBe('probation_follow_up')
  })

  it('reads nothing for nobody', async () => {
    await expect(places.findOne(spip.placeId)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(places.findMany([spip.placeId], {} as ActionContext)).rejects.toBeInstanceOf(ForbiddenError)
  })

  it('is neither listed nor written by what AdminJS would do of itself', async () => {
    for (const way of ['find', 'count', 'create', 'update', 'delete'] as const)
      await expect(places[way](), way).rejects.toBeInstanceOf(ForbiddenError)
    expect(await prisma.place.count()).toBe(2)
  })
})
