import { expect, test } from 'vitest'
import { appointmentChange, chosen, nothingTyped, type BookingForm } from '../../admin/screens/book/state'

/** What the page was told on that day; the rest of the form says nothing of days. */
const formOf = (today: string) => ({ today, types: [], places: [] }) as unknown as BookingForm

test.each(['demain', 'dans 10 jours', 'mardi', '3/3'])(
  '« %s » typed on a Friday stays the same day in the draft taken up on Monday',
  (typed) => {
    const [friday, monday] = ['2027-02-26', '2027-03-08']
    const draft = nothingTyped({ likelyReferent: true, before: null })
    draft.appointment = { ...draft.appointment, ...appointmentChange({ date: typed }, friday) }
    const kept = JSON.parse(JSON.stringify(draft)) as typeof draft
    const understood = chosen(formOf(friday), draft, '').date
    expect(understood).not.toBeNull()
    expect(chosen(formOf(monday), kept, '').date).toBe(understood)
  },
)

test('what is typed over it is understood anew, and what is no day is none', () => {
  expect(appointmentChange({ date: 'demain' }, '2027-03-08').dateUnderstood).toBe('2027-03-09')
  expect(appointmentChange({ date: 'jamais' }, '2027-03-08').dateUnderstood).toBeNull()
  expect(appointmentChange({ time: '9h' }, '2027-03-08')).toEqual({ time: '9h' })
})

test('the place where the agent has an agenda comes before one that the alphabet puts first, and their agenda with it', () => {
  const place = (id: number, names: string[]) => ({
    id,
    typeCodes: ['follow_up'],
    agendas: names.map((name, index) => ({ id: id * 10 + index, name })),
  })
  const form = {
    today: '2027-02-26',
    usualTypeCode: 'follow_up',
    types: [{ code: 'follow_up', usesPublishedSlots: false }],
    places: [place(1, ['Accueil', 'Bureau 14']), place(2, ['Accueil', 'Claire Vasseur'])],
  } as unknown as BookingForm
  const of = (agentName: string) => {
    const { place, agendaId } = chosen(form, nothingTyped({ likelyReferent: true, before: null }), agentName)
    return [place?.id, agendaId]
  }
  expect(of('Claire Vasseur')).toEqual([2, 21])
  // Written by another hand.
  expect(of('Claire VASSEUR')).toEqual([2, 21])
  expect(of('Malik Benali')).toEqual([1, null])
})
