import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { createOrganization } from '../../../resources/organization/commands/edit.server'
import { createPlace, updatePlace } from '../../../resources/place/commands/place.server'
import { placeToEdit } from '../../../resources/place/queries/edit.server'
import {
  closePage,
  createPage,
  dropPageDraft,
  markPageChecked,
  publishPage,
  publishPageDraft,
  restorePage,
  updateAdvice,
  updateHours,
  updateNotice,
  updatePage,
} from '../../../resources/public-page/commands/page.server'
import { removePhoto, setPhoto } from '../../../resources/public-page/commands/photo.server'
import { pageToEdit, servicePageRecord } from '../../../resources/public-page/queries/editor.server'
import {
  allServices,
  pagePhoto,
  publicPage,
  publicPagePreview,
} from '../../../resources/public-page/queries/public.server'
import { refusalOf } from '../../../resources/refusals'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound } from '../../../resources/shared/errors'
import { actAt, anAgent, aService, monday } from '../../support/world'

let team: AgentActor
let admin: AgentActor
let counsellor: AgentActor
let elsewhere: AgentActor
let pageId: number
let slug: string

beforeAll(async () => {
  const spip = await aService('SPIP 92 Nanterre', 'probation_service')
  team = await anAgent(spip, 'central_admin')
  const { id } = await by(team, (ctx) =>
    createOrganization(ctx, {
      name: 'SPIP 92 Colombes',
      kind: 'probation_service',
      departmentCode: '92',
      timeZone: 'Europe/Paris',
    }),
  )
  admin = await anAgent({ id }, 'local_admin')
  counsellor = await anAgent({ id }, 'probation_counsellor')
  elsewhere = await anAgent(spip, 'local_admin')
  const page = await prisma.publicPage.findFirstOrThrow({ where: { organizationId: id } })
  pageId = page.id
  slug = page.slug
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>, minutes = 0) =>
  actAt(actor, new Date(monday.getTime() + minutes * 60_000), work)
const form = async () => {
  const { version, values } = await by(admin, (ctx) => pageToEdit(ctx, { pageId }))
  return { ...values, pageId, version }
}
const read = (minutes = 0) => by(admin, (ctx) => publicPage(ctx, { slug }), minutes)
const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return refusalOf(error)
}
const aPlace = (name: string) => ({
  ...{ name, address: '8 rue du Bac, 92700 Colombes', phone: '01 99 00 22 33' },
  ...{ mainContactMethod: 'phone' as const, typeCodes: ['probation_follow_up'] },
})
let minute = 1
/** Each change has its instant, as in life. */
const change = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  by(actor, work, minute++)

describe('the page of a service', () => {
  it('is there as soon as the service is, and takes the address of its first place', async () => {
    expect(await read()).toMatchObject({ title: 'SPIP 92 Colombes', addressLine: null, hours: null })
    const { id } = await change(admin, (ctx) => createPlace(ctx, aPlace('SPIP de Colombes')))
    expect((await prisma.place.findUniqueOrThrow({ where: { id } })).publicPageId).toBe(pageId)
    expect(await read()).toMatchObject({
      addressLine: '8 rue du Bac',
      postalCode: '92700',
      cityName: 'Colombes',
      phone: '+33199002233',
    })
  })

  it('has an address of its own, even of two services whose names differ by a sign, made at once', async () => {
    const names = ['SPIP 95 Cergy', 'SPIP-95 Cergy', 'SPIP 95, Cergy']
    await Promise.all(
      names.map((name) =>
        by(team, (ctx) =>
          createOrganization(ctx, {
            ...{ name, kind: 'probation_service', departmentCode: '95', timeZone: 'Europe/Paris' },
          }),
        ),
      ),
    )
    const pages = await prisma.publicPage.findMany({
      where: { title: { in: names } },
      select: { slug: true },
    })
    expect(pages.map((page) => page.slug).sort()).toEqual([
      'spip-95-cergy',
      'spip-95-cergy-2',
      'spip-95-cergy-3',
    ])
  })

  it('follows a place that moves to another service, and no place leads to another service’s', async () => {
    const { id: placeId } = await change(admin, (ctx) => createPlace(ctx, aPlace('Annexe')))
    const moved = async (more: object) =>
      change(team, async (ctx) => {
        const { version, values } = await placeToEdit(ctx, { placeId })
        return updatePlace(ctx, { ...values, placeId, version, ...more })
      })
    const other = await prisma.publicPage.findFirstOrThrow({ where: { title: 'SPIP 95 Cergy' } })
    const answer = await refusal(moved({ publicPageId: other.id }))
    expect(answer?.fieldErrors.publicPageId).toBeTruthy()
    await moved({ organizationId: other.organizationId })
    expect((await prisma.place.findUniqueOrThrow({ where: { id: placeId } })).publicPageId).toBe(other.id)
  })

  it('says what its local admin writes, and keeps what it said before, by whom', async () => {
    await change(admin, async (ctx) =>
      updatePage(ctx, {
        ...(await form()),
        title: 'SPIP de Colombes',
        reception: 'Deuxième étage',
        coordinates: '48.9236, 2.2522',
        phone: '01 99 00 22 44',
      }),
    )
    expect(await read()).toMatchObject({
      title: 'SPIP de Colombes',
      reception: 'Deuxième étage',
      latitude: 48.9236,
      phone: '+33199002244',
    })
    const { versions } = await by(admin, (ctx) => servicePageRecord(ctx, { pageId }))
    expect(versions[0]).toMatchObject({
      by: 'Claire Vasseur',
      changes: expect.arrayContaining([
        { label: 'Nom du service', from: 'SPIP 92 Colombes', to: 'SPIP de Colombes' },
        { label: 'Accueil', from: null, to: 'Deuxième étage' },
      ]) as unknown,
    })
    expect(versions.at(-1)).toMatchObject({ by: null })
    await change(admin, async (ctx) =>
      restorePage(ctx, { ...(await form()), versionId: versions.at(-1)?.id ?? 0 }),
    )
    expect(await read()).toMatchObject({ title: 'SPIP 92 Colombes', reception: null })
  })

  it.each([',', '48.8920,', '91, 2', '48.8920 2.2069', '48.8920, 181', '48,8920, 2,2069', '1e1, 2'])(
    'is nowhere that is written "%s"',
    async (coordinates) => {
      const typed = { ...(await form()), coordinates }
      const refused = await refusal(change(admin, (ctx) => updatePage(ctx, typed)))
      expect(refused?.fieldErrors.coordinates).toBeTruthy()
    },
  )

  it('is written by its own local admin and the central team, by nobody else', async () => {
    const typed = { ...(await form()), title: 'Ailleurs' }
    for (const actor of [counsellor, elsewhere])
      await expect(change(actor, (ctx) => updatePage(ctx, typed))).rejects.toThrow(Forbidden)
    await expect(by(elsewhere, (ctx) => pageToEdit(ctx, { pageId }))).rejects.toThrow(NotFound)
    await expect(change(admin, (ctx) => closePage(ctx, { pageId, closing: 'gone' }))).rejects.toThrow(
      Forbidden,
    )
  })

  it('is never written over what another wrote meanwhile', async () => {
    const old = await form()
    await change(team, async (ctx) => updatePage(ctx, { ...(await form()), parking: 'Place devant' }))
    const answer = await refusal(change(admin, (ctx) => updatePage(ctx, { ...old, parking: 'Cour' })))
    expect(answer?.fieldErrors.parking).toContain('Place devant')
  })

  it('reads hours as people write them, and says of a line which one it cannot read', async () => {
    await change(admin, async (ctx) =>
      updateHours(ctx, {
        ...(await form()),
        monday: '9h-12h, 13h30-17h',
        tuesday: 'de 9 h à 12 h et 14:00 à 17:00',
        wednesday: 'fermé',
        thursday: '',
        friday: '8h30 à 12h',
        saturday: '',
        sunday: '',
        closures: '24/12/2026\ndu 28/12/2026 au 02/01/2027',
      }),
    )
    const { hours } = await read()
    expect(hours?.week.map(({ ranges }) => ranges)).toEqual([
      [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:00' },
      ],
      [
        { from: '09:00', to: '12:00' },
        { from: '14:00', to: '17:00' },
      ],
      [{ from: '08:30', to: '12:00' }],
    ])
    expect(hours?.closures).toEqual([
      { from: '2026-12-24', to: '2026-12-24' },
      { from: '2026-12-28', to: '2027-01-02' },
    ])
    for (const wrong of ['le matin', '12h à 9h', '9h à 12h, 11h à 15h', '25h à 26h']) {
      const answer = await refusal(
        change(admin, async (ctx) => updateHours(ctx, { ...(await form()), monday: wrong })),
      )
      expect(answer?.fieldErrors.monday, wrong).toContain('9h à 12h')
    }
    const closed = await refusal(
      change(admin, async (ctx) =>
        updateHours(ctx, { ...(await form()), closures: '24/12/2026\n31/02/2027' }),
      ),
    )
    expect(closed?.fieldErrors.closures).toContain('31/02/2027')
    // What the form was filled with is read again as it was.
    await change(admin, async (ctx) => updateHours(ctx, await form()))
    expect((await read()).hours).toEqual(hours)
  })

  it('tells a message between its days only', async () => {
    await change(admin, async (ctx) =>
      updateNotice(ctx, {
        ...(await form()),
        notice: 'Ascenseur en panne',
        noticeFrom: '2026-10-06',
        noticeUntil: '2026-10-07',
      }),
    )
    const day = 24 * 60
    expect((await read()).notice).toBeNull()
    expect((await read(day)).notice).toBe('Ascenseur en panne')
    expect((await read(3 * day)).notice).toBeNull()
    const answer = await refusal(
      change(admin, async (ctx) => updateNotice(ctx, { ...(await form()), noticeUntil: '2026-10-01' })),
    )
    expect(answer?.fieldErrors.noticeUntil).toBeTruthy()
  })

  it('says its own advice, and the common one again once emptied', async () => {
    await change(admin, async (ctx) => updateAdvice(ctx, { ...(await form()), papers: 'Votre carte vitale' }))
    expect((await read()).papers).toBe('Votre carte vitale')
    await change(admin, async (ctx) => updateAdvice(ctx, { ...(await form()), papers: '' }))
    expect((await read()).papers).toBeNull()
  })

  it('says who checked it and when', async () => {
    await change(admin, (ctx) => markPageChecked(ctx, { pageId }))
    const record = await by(admin, (ctx) => servicePageRecord(ctx, { pageId }))
    expect(record).toMatchObject({ checkedOn: '2026-10-05', checkedBy: 'Claire Vasseur' })
    expect((await read()).needsChecking).toBe(false)
  })
})

describe('the draft of a page online', () => {
  const token = async () =>
    (await prisma.publicPage.findUniqueOrThrow({ where: { id: pageId } })).previewToken
  const preview = async () => {
    const secret = await token()
    return by(admin, (ctx) => publicPagePreview(ctx, { token: secret }))
  }
  const draft = async (more: object) =>
    change(admin, async (ctx) => updatePage(ctx, { ...(await form()), asDraft: true, ...more }))
  const record = () => by(admin, (ctx) => servicePageRecord(ctx, { pageId }))

  it('is seen by its secret link only, grows form by form, then is what the public reads', async () => {
    await expect(preview()).rejects.toThrow(NotFound)
    expect(await draft({ parking: 'Parking payant à 200 m' })).toEqual({ isDraft: true })
    await change(admin, async (ctx) =>
      updateHours(ctx, { ...(await form()), saturday: '9h à 11h', asDraft: true }),
    )
    expect(await read()).not.toMatchObject({ parking: 'Parking payant à 200 m' })
    expect(await preview()).toMatchObject({
      parking: 'Parking payant à 200 m',
      hours: {
        week: expect.arrayContaining([
          { from: 6, to: 6, ranges: [{ from: '09:00', to: '11:00' }] },
        ]) as unknown,
      },
    })
    const { draft: told, versions, version } = await record()
    expect(told?.changes.map(({ label }) => label)).toEqual(['Voiture et stationnement', 'Horaires'])
    await change(admin, (ctx) => publishPageDraft(ctx, { pageId, version }))
    expect(await read()).toMatchObject({ parking: 'Parking payant à 200 m' })
    expect((await record()).versions).toHaveLength(versions.length + 1)
    await expect(preview()).rejects.toThrow(NotFound)
    const again = await refusal(change(admin, async (ctx) => publishPageDraft(ctx, await form())))
    expect(again?.code).toBe('public_page.no_draft')
  })

  it('keeps what is put online meanwhile, and what is put online is not the draft', async () => {
    await draft({ parking: 'Cour' })
    await change(admin, async (ctx) =>
      updateNotice(ctx, {
        ...(await form()),
        notice: 'Fermé ce matin',
        noticeFrom: '',
        noticeUntil: '',
        asDraft: false,
      }),
    )
    expect(await read()).toMatchObject({ notice: 'Fermé ce matin', parking: 'Parking payant à 200 m' })
    expect(await preview()).toMatchObject({ notice: 'Fermé ce matin', parking: 'Cour' })
  })

  it('is never put online over what another wrote meanwhile, nor under a version taken again', async () => {
    const { version, versions } = await record()
    await draft({ parking: 'Cour, derrière' })
    for (const act of [publishPageDraft, dropPageDraft]) {
      const answer = await refusal(change(team, (ctx) => act(ctx, { pageId, version })))
      expect(answer?.code).toBe('record.changed_meanwhile_by')
    }
    const answer = await refusal(
      change(admin, async (ctx) =>
        restorePage(ctx, { ...(await form()), versionId: versions.at(-1)?.id ?? 0 }),
      ),
    )
    expect(answer?.code).toBe('public_page.draft_pending')
    await expect(change(counsellor, async (ctx) => publishPageDraft(ctx, await form()))).rejects.toThrow(
      Forbidden,
    )
  })

  it('is given up, and goes with a page that closes', async () => {
    await change(admin, async (ctx) => dropPageDraft(ctx, await form()))
    expect(await read()).toMatchObject({ parking: 'Parking payant à 200 m' })
    expect((await record()).draft).toBeNull()
    // What says the same as the page is no draft.
    expect(await draft({})).toEqual({ isDraft: false })
    expect((await record()).draft).toBeNull()
    await draft({ parking: 'Rue' })
    await change(team, (ctx) => closePage(ctx, { pageId, closing: 'gone' }))
    await change(team, (ctx) => publishPage(ctx, { pageId }))
    expect(await record()).toMatchObject({ draft: null })
    expect(await read()).toMatchObject({ parking: 'Parking payant à 200 m' })
  })

  it('is not asked of a page that nobody reads yet', async () => {
    const page = await change(team, (ctx) =>
      createPage(ctx, {
        ...{ kind: 'court', title: 'Tribunal de Clamart', officialName: 'Tribunal de Clamart' },
        departmentCode: '92',
      }),
    )
    const { values, version, notAsked } = await by(team, (ctx) => pageToEdit(ctx, page))
    expect(notAsked).toEqual(['asDraft'])
    const kept = await change(team, (ctx) =>
      updatePage(ctx, { ...values, ...page, version, parking: 'Cour', asDraft: true }),
    )
    expect(kept).toEqual({ isDraft: false })
    expect(await prisma.publicPage.findUniqueOrThrow({ where: { id: page.pageId } })).toMatchObject({
      parking: 'Cour',
      draft: null,
    })
  })
})

describe('the photo of a service', () => {
  const photo = async (width: number, height: number, format: 'jpeg' | 'png' | 'gif' = 'jpeg') =>
    (
      await sharp({ create: { width, height, channels: 3, background: '#2a5f9e' } })
        .withExif({ IFD0: { Copyright: 'secret du photographe' } })
        .toFormat(format)
        .toBuffer()
    ).toString('base64')
  const alternative = 'Porte bleue, interphone à droite'
  const send = async (image: string, more: object = {}) =>
    change(admin, async (ctx) => setPhoto(ctx, { ...(await form()), image, alternative, ...more }))

  it('is made small again, without what the camera hid in it', async () => {
    await send(await photo(3_000, 2_000))
    const { photo: shown } = await read()
    expect(shown).toMatchObject({ alternative, width: 960, height: 640 })
    const [, digest = ''] = /-([0-9a-f]{16})\.webp$/.exec(shown?.address ?? '') ?? []
    const kept = Buffer.from((await by(admin, (ctx) => pagePhoto(ctx, { pageId, digest }))) ?? [])
    const { format, exif } = await sharp(kept).metadata()
    expect({ format, exif }).toEqual({ format: 'webp', exif: undefined })
    expect(kept.toString('latin1')).not.toContain('secret du photographe')
  })

  it('is refused beside its field when it is no photo, too small, or says nothing to who cannot see', async () => {
    for (const image of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
      Buffer.from('pas une image').toString('base64'),
      (await photo(600, 400)).slice(0, 200),
      await photo(600, 400, 'gif'),
      await photo(200, 200),
      await photo(960, 100),
    ])
      expect((await refusal(send(image)))?.fieldErrors.image).toBeTruthy()
    expect(
      (await refusal(send(await photo(600, 400), { alternative: ' ' })))?.fieldErrors.alternative,
    ).toBeTruthy()
    await expect(
      change(elsewhere, async (ctx) =>
        setPhoto(ctx, { ...(await form()), image: await photo(600, 400), alternative }),
      ),
    ).rejects.toThrow(Forbidden)
  })

  it('is taken away', async () => {
    await change(admin, (ctx) => removePhoto(ctx, { pageId }))
    expect((await read()).photo).toBeNull()
    const answer = await refusal(change(admin, (ctx) => removePhoto(ctx, { pageId })))
    expect(answer?.code).toBe('public_page.no_photo')
  })
})

describe('the page of a service that is not on the product', () => {
  const input = {
    kind: 'court' as const,
    title: 'Tribunal de Sceaux',
    officialName: 'Tribunal judiciaire de Sceaux',
    departmentCode: '92',
    cityName: 'Sceaux',
  }

  it('is seen by its secret link only, until the central team puts it online; its address is nobody else’s', async () => {
    const { pageId: first } = await change(team, (ctx) => createPage(ctx, input))
    const { pageId: second } = await change(team, (ctx) => createPage(ctx, input))
    const rows = await prisma.publicPage.findMany({
      where: { id: { in: [first, second] } },
      orderBy: { id: 'asc' },
    })
    expect(rows.map((row) => row.slug)).toEqual(['tribunal-de-sceaux', 'tribunal-de-sceaux-2'])
    await expect(by(team, (ctx) => publicPage(ctx, { slug: 'tribunal-de-sceaux' }))).rejects.toThrow(NotFound)
    const token = rows[0]?.previewToken ?? ''
    expect(await by(team, (ctx) => publicPagePreview(ctx, { token }))).toMatchObject({ title: input.title })
    await change(team, (ctx) => publishPage(ctx, { pageId: first }))
    expect(await by(team, (ctx) => publicPage(ctx, { slug: 'tribunal-de-sceaux' }))).toMatchObject({
      isClosed: false,
    })
    await expect(by(team, (ctx) => publicPagePreview(ctx, { token }))).rejects.toThrow(NotFound)
    expect(
      (await refusal(change(team, (ctx) => createPage(ctx, { ...input, departmentCode: '20' }))))?.fieldErrors
        .departmentCode,
    ).toBeTruthy()
  })

  it('has an address in plain letters, whatever its name is written in', async () => {
    const titled = async (title: string) => {
      const { pageId: id } = await change(team, (ctx) => createPage(ctx, { ...input, title }))
      return (await prisma.publicPage.findUniqueOrThrow({ where: { id } })).slug
    }
    expect(await titled('Служба Sceaux')).toBe('sceaux')
    expect(await titled('محكمة')).toBe('service')
  })

  it('says where it went once closed, and leaves the list; it may come back', async () => {
    const page = await prisma.publicPage.findFirstOrThrow({ where: { slug: 'tribunal-de-sceaux' } })
    const close = (more: object) =>
      change(team, (ctx) => closePage(ctx, { pageId: page.id, closing: 'moved', ...more }))
    expect((await refusal(close({})))?.fieldErrors.successorId).toBeTruthy()
    expect((await refusal(close({ successorId: page.id })))?.fieldErrors.successorId).toBeTruthy()
    await close({ successorId: pageId })
    expect(await by(team, (ctx) => publicPage(ctx, { slug: page.slug }))).toMatchObject({
      isClosed: true,
      closing: 'moved',
      successor: { slug },
    })
    expect((await by(team, (ctx) => allServices(ctx))).map((one) => one.slug)).not.toContain(page.slug)
    await change(team, (ctx) => publishPage(ctx, { pageId: page.id }))
    expect(await by(team, (ctx) => publicPage(ctx, { slug: page.slug }))).toMatchObject({
      isClosed: false,
      successor: null,
    })
  })

  it('never leads to a page that leads back to it, though both are closed at once', async () => {
    const page = await prisma.publicPage.findFirstOrThrow({ where: { slug: 'tribunal-de-sceaux' } })
    const ends = await Promise.allSettled(
      [
        { pageId, successorId: page.id },
        { pageId: page.id, successorId: pageId },
      ].map((pair) => change(team, (ctx) => closePage(ctx, { closing: 'moved', ...pair }))),
    )
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const closed = ends[0]?.status === 'fulfilled' ? pageId : page.id
    await change(team, (ctx) => publishPage(ctx, { pageId: closed }))
  })
})
