import { describe, expect, it } from 'vitest'
import { helpOn } from '../../admin/frame/help'
import { paths } from '../../admin/paths'
import { resources } from '../../admin/resources'
import { contentPageFiles } from '../../prisma/seed/content-pages'

interface Declared {
  action: { kind: 'resource' | 'record' | 'bulk'; immediate?: boolean }
}

/** The address of each screen of the back office: lists, records, and the pages that actions open. */
const screens = Object.entries(resources).flatMap(([name, { actions }]) => [
  paths.resource(name),
  paths.record(name, 1),
  ...Object.entries(actions as Readonly<Record<string, Declared>>)
    .filter(([, { action }]) => !action.immediate)
    .map(([act, { action }]) =>
      action.kind === 'resource'
        ? paths.resourceAction(name, act)
        : action.kind === 'record'
          ? paths.recordAction(name, 1, act)
          : `${paths.resource(name)}/bulk/${act}`,
    ),
])
const pages = contentPageFiles().map(({ path }) => path)
const home = helpOn(paths.home)

describe('the help of the back office', () => {
  it.each([paths.home, ...screens])(
    '%s leads to a page of the site, and says what it is about',
    (address) => {
      const { address: to, subject } = helpOn(address)
      expect(pages).toContain(to)
      expect(subject).toMatch(/^[a-zàéè].+[^.]$/)
    },
  )

  it('is of its own screen: only what is read beside the first page shares its page', () => {
    const shared = screens.filter((address) => helpOn(address).address === home.address)
    expect(shared.every((address) => address.startsWith(paths.resource('Announcement')))).toBe(true)
  })

  it.each([
    ['/admin/resources/Probationer/actions/registerAndConvoke', 'enregistrer'],
    ['/admin/resources/Probationer/records/12/convoke', 'convoquer'],
    ['/admin/resources/Probationer/records/12/archive', 'archiver'],
    ['/admin/resources/Appointment/records/12/show', 'deplacer-ou-annuler'],
    ['/admin/resources/Slot/actions/calendar', 'creneaux'],
    ['/admin/resources/Slot/actions/judgeDesk', 'sortie-d-audience'],
    ['/admin/resources/Slot/bulk/delete', 'creneaux'],
    ['/admin/resources/Agent/actions/profile', 'connexion'],
    ['/admin/nulle-part', 'que-faire-maintenant'],
    ['/admin/resources/toString/records/1/constructor', 'que-faire-maintenant'],
  ])('%s is helped by %s', (address, page) => {
    expect(helpOn(address).address).toBe(`/agents/aide/${page}`)
  })
})
