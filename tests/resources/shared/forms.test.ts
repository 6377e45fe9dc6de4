import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createAgendaInput } from '../../../resources/agenda/schema'
import { inviteAgentInput } from '../../../resources/agent/schema'
import { closePeriodInput } from '../../../resources/closure/schema'
import { createCustomColumnInput } from '../../../resources/custom-column/schema'
import { createHeadquartersInput } from '../../../resources/headquarters/schema'
import { createOrganizationInput } from '../../../resources/organization/schema'
import { createPlaceInput } from '../../../resources/place/schema'
import { registerRelocationInput } from '../../../resources/place-relocation/schema'
import { recordOutcomeInput } from '../../../resources/appointment/schema'
import { updateProbationerInput } from '../../../resources/probationer/schema'
import { civilDate } from '../../../resources/shared/civil-time'
import { query } from '../../../resources/shared/command'
import { createSlotsInput } from '../../../resources/slot/schema'
import { checkbox, drawingOf, emptyAsNull } from '../../../resources/shared/fields'
import type { Context } from '../../../resources/shared/context'

const drawnFields = (input: { shape: Readonly<Record<string, z.ZodType>> }) =>
  Object.entries(input.shape).flatMap(([name, shape]) => {
    const drawing = drawingOf(shape)
    return drawing ? [[name, drawing.kind]] : []
  })

describe('A form drawn from the input of a command', () => {
  it('asks each field in the order of the shape, and carries the id and the version unseen', () => {
    expect(Object.fromEntries(drawnFields(updateProbationerInput))).toEqual({
      lastName: 'text',
      firstName: 'text',
      dateOfBirth: 'date',
      appiNumber: 'text',
      phone: 'phone',
      formerNumberLost: 'checkbox',
      hasNoMobilePhone: 'checkbox',
      smsOptOut: 'checkbox',
      cityId: 'reference',
      isHomeless: 'checkbox',
      livesAbroad: 'checkbox',
      followedByAntiTerrorismJudge: 'checkbox',
      isAnotherPerson: 'checkbox',
    })
    expect(drawnFields(inviteAgentInput).map(([name]) => name)).toEqual([
      'firstName',
      'lastName',
      'email',
      'role',
      'phone',
      'organizationId',
    ])
  })

  it('knows the values of a choice, and what a default or a blank wraps', () => {
    expect(drawingOf(recordOutcomeInput.shape.outcome)).toEqual({
      kind: 'choice',
      choices: ['attended', 'missed', 'excused'],
    })
    expect(drawingOf(checkbox.prefault(true))).toEqual({ kind: 'checkbox' })
    expect(drawingOf(emptyAsNull(civilDate))).toEqual({ kind: 'date' })
  })
})

describe('What a door passes as it came', () => {
  const echo = query(z.object({ text: z.string().max(5) }), async (_ctx: Context, { text }) => text)
  const asked = (raw: unknown) => echo({} as Context, raw as { text: string })

  it.each([
    ['an object whose length cannot be compared', { text: { length: { toString: 1 } } }],
    ['the same, deeper', { text: 'a', more: [{ length: { valueOf: 1, toString: 1 } }] }],
    ['arrays without end', JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))],
    ['nothing', null],
    ['a text', 'abc'],
  ])('is refused as an input, not as a fault of ours: %s', async (_what, raw) => {
    await expect(asked(raw)).rejects.toBeInstanceOf(z.ZodError)
  })

  it('is answered when it fits', async () => {
    await expect(asked({ text: 'abc' })).resolves.toBe('abc')
  })
})

describe('What a place, an agenda, a service is called', () => {
  const lines = {
    'the name of a place': createPlaceInput.shape.name,
    'the address of a place': createPlaceInput.shape.address,
    'the name of where a place moves': registerRelocationInput.shape.name,
    'the name of an agenda': createAgendaInput.shape.name,
    'the name of a service': createOrganizationInput.shape.name,
    'the name of a headquarters': createHeadquartersInput.shape.name,
    'the name of a column': createCustomColumnInput.shape.name,
  }

  it.each(Object.entries(lines))(
    '%s is read by somebody, on one line, in the order of its letters',
    (_, shape) => {
      for (const typed of ['', ' ', '\u200b', '\u2066\u2069', '\u00ad', '---', '\u3164'])
        expect(shape.safeParse(typed).error?.issues).toHaveLength(1)
      expect(shape.parse(' Cabinet\n\u202e2\u202c\u200b ')).toBe('Cabinet 2')
    },
  )

  it('what may be left blank is blank when nothing of it is seen', () => {
    expect(createPlaceInput.shape.shortAddress.parse('\u200b')).toBeNull()
    expect(closePeriodInput.shape.reason.parse('\u202eGrève\u202c')).toBe('Grève')
  })
})

describe('A number, or a row that is chosen', () => {
  const { agendaId, capacity } = createSlotsInput.shape

  it('is read of what is typed, and of nothing else', () => {
    for (const typed of [3, '3', ' 3 ']) {
      expect(capacity.parse(typed)).toBe(3)
      expect(agendaId.parse(typed)).toBe(3)
    }
    for (const typed of [
      '',
      '3,5',
      'trois',
      '1e99',
      0,
      -1,
      2.5,
      true,
      [3],
      ['3'],
      { valueOf: 3 },
      null,
      undefined,
    ]) {
      expect(capacity.safeParse(typed).error?.issues).toHaveLength(1)
      expect(agendaId.safeParse(typed).error?.issues).toHaveLength(1)
    }
  })
})
