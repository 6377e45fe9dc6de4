import { describe, expect, it } from 'vitest'
import { mayOnRecurringSlot } from '../../../resources/recurring-slot/policy'
import { mayOnSlot, slotTypesOf } from '../../../resources/slot/policy'
import { positions } from '../rights-matrices'
import { own, agent, slotAt } from '../../support/actors'

describe('slots', () => {
  it('are made for the types of the role', () => {
    const typesByColumn = Object.fromEntries(
      positions.map(([column, role, kind]) => [column, slotTypesOf(agent(role, kind))]),
    )
    const all = ['hearing_exit_sentence_judge', 'hearing_exit_probation', 'electronic_tag_fitting']
    for (const column of ['CA', 'HX']) expect(typesByColumn[column]).toEqual(all)
    for (const column of ['LC', 'SJ', 'CS', 'SC', 'HS'])
      expect(typesByColumn[column]).toEqual(all.slice(0, 1))
    for (const column of ['LP', 'PD', 'SP']) expect(typesByColumn[column]).toEqual(all.slice(1))
    expect(typesByColumn['MO']).toEqual(['electronic_tag_fitting'])
  })

  it('of another type are refused to who makes them, and open to who may close them', () => {
    const judge = agent('sentence_judge', 'court')
    expect(mayOnSlot(judge, 'create', slotAt(own, 'electronic_tag_fitting'))).toBe(false)
    expect(mayOnSlot(judge, 'close', slotAt(own, 'electronic_tag_fitting'))).toBe(true)
    expect(mayOnRecurringSlot(judge, 'create', slotAt(own, 'electronic_tag_fitting'))).toBe(false)
  })
})
