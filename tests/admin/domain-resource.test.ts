import type { ActionContext } from 'adminjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError, Filter, ForbiddenError, ValidationError } from '../../admin/adminjs/adminjs'
import { DomainResource } from '../../admin/define/domain-resource'
import { placesVisibleTo } from '../../resources/place/policy'
import type { AgentActor } from '../../resources/shared/actor'
import { command } from '../../resources/shared/command'
import type { Context } from '../../resources/shared/context'
import { prisma } from '../../resources/shared/db.server'
import { assertAllowed, orNotFound, Refused } from '../../resources/shared/errors'
import { anAgent, aService, type AService } from '../support/world'

/** What a subject would write: a command that renames a place of one's own service. */
const renamePlace = command(
  z.object({
    placeId: z.coerce.number(),
    name: z.string().min(3, 'Trois lettres au moins.'),
    organizationId: z.number().optional(),
  }),
  async (ctx: Context<AgentActor>, input) => {
    const place = orNotFound(
      await ctx.tx.place.findFirst({ where: { id: input.placeId, ...placesVisibleTo(ctx.actor) } }),
      'place',
    )
    assertAllowed(place.organizationId === ctx.actor.organization.id, 'rename a place')
    if (input.name === 'PRIS') throw new Refused('agent.email_taken', {}, 'name')
    if (input.organizationId) throw new Refused('agent.role_not_of_service', {}, 'organizationId')
    if (input.name === 'JAMAIS') throw new Refused('agent.not_locked')
    if (input.name === 'PANNE') throw new Error('broken')
    await ctx.tx.place.update({ where: { id: place.id }, data: { name: input.name } })
    return { id: place.id }
  },
)

const places = new DomainResource({
  model: 'Place',
  columns: ['name', 'organization'],
  visibleTo: placesVisibleTo,
  commands: { update: renamePlace },
  idField: 'placeId',
})

let spip: AService
let foreign: AService
let context: ActionContext

beforeAll(async () => {
  spip = await aService('SPIP 92 Nanterre', 'probation_service')
  foreign = await aService('SPIP 69 Lyon', 'probation_service')
  const actor = await anAgent(spip, 'local_admin')
  context = { currentAdmin: { email: '', actor } } as unknown as ActionContext
})

const everything = new Filter({}, places)
const update = (params: object) => places.update(spip.placeId, params, context)

describe('A model as the back office may touch it', () => {
  it('knows the declared columns only', async () => {
    expect(places.properties().map((property) => property.path())).toEqual(['id', 'name', 'organization'])
    const record = await places.findOne(spip.placeId, context)
    expect(record?.params).toEqual({ id: spip.placeId, name: 'SPIP 92 Nanterre', organization: spip.id })
  })

  it('reads within what the actor sees, whichever way it is asked', async () => {
    expect(await places.count(everything, context)).toBe(1)
    expect(await places.find(everything, {}, context)).toHaveLength(1)
    expect(await places.findOne(foreign.placeId, context)).toBeNull()
    expect(await places.findMany([spip.placeId, foreign.placeId, 'x', -1], context)).toHaveLength(1)
    expect(await places.findOne('999999999999', context)).toBeNull()
  })

  it('reads nothing for nobody', async () => {
    await expect(places.findOne(spip.placeId)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(places.find(everything, {}, {} as ActionContext)).rejects.toBeInstanceOf(ForbiddenError)
  })

  it('writes through the command, and never a column that is not declared', async () => {
    const written = await update({
      name: 'SPIP de Nanterre',
      address: 'ailleurs',
      organizationId: foreign.id,
    })
    expect(written).toMatchObject({ name: 'SPIP de Nanterre' })
    const row = await prisma.place.findUniqueOrThrow({ where: { id: spip.placeId } })
    expect(row).toMatchObject({
      name: 'SPIP de Nanterre',
      organizationId: spip.id,
      address: expect.not.stringContaining('ailleurs') as string,
    })
  })

  it('puts what is wrong on its field', async () => {
    await expect(update({ name: 'x' })).rejects.toMatchObject({
      propertyErrors: { name: { message: 'Trois lettres au moins.' } },
    })
    await expect(update({ name: 'PRIS' })).rejects.toBeInstanceOf(ValidationError)
    await expect(update({ name: 'Nanterre', organization: foreign.id })).rejects.toMatchObject({
      propertyErrors: { organization: { type: 'refused' } },
    })
  })

  it('says a refusal without field as a notice, never as a success', async () => {
    await expect(update({ name: 'JAMAIS' })).rejects.toBeInstanceOf(AppError)
  })

  it('says of a record of elsewhere that it is not there', async () => {
    await expect(places.update(foreign.placeId, { name: 'Pris' }, context)).rejects.toBeInstanceOf(AppError)
  })

  it('hides no bug', async () => {
    await expect(update({ name: 'PANNE' })).rejects.toThrow('broken')
  })

  it('refuses a write that no command answers', async () => {
    await expect(places.create({ name: 'Nouveau' }, context)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(places.delete(spip.placeId, context)).rejects.toBeInstanceOf(ForbiddenError)
  })
})
