import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command, preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { mayEditServicePage } from '../policy'
import { whyNoPhoto } from '../rules'
import { pageIdInput, photoInput } from '../schema'
import { editedPage } from './page.server'

const sizes = { least: 480, leastHigh: 240, width: 960, height: 640 }
/** A small file may unfold into an image of gigabytes. */
const mostPixels = 50_000_000

/** Shows the entrance of a service. The image is made again: neither where it was taken nor anything hidden in it is kept. */
export const setPhoto = preparedCommand(
  photoInput,
  async (ctx: Context<AgentActor>, { pageId, image }) => {
    const page = await pageOf(ctx, pageId)
    assertAllowed(mayEditServicePage(ctx.actor, page), 'edit the page of a service')
    return remade(Buffer.from(image, 'base64'))
  },
  async (ctx, { pageId, version, alternative, credit }, { data, info }): Promise<void> => {
    await editedPage(ctx, pageId, version)
    const photo = {
      ...{ alternative, credit, image: new Uint8Array(data), width: info.width, height: info.height },
      digest: createHash('sha256').update(data).digest('hex').slice(0, 16),
    }
    await ctx.tx.pagePhoto.upsert({
      where: { pageId },
      create: { pageId, ...photo },
      update: photo,
      select: { pageId: true },
    })
    await told(ctx, pageId)
  },
)

/** Takes the photo of a service away. */
export const removePhoto = command(
  pageIdInput,
  async (ctx: Context<AgentActor>, { pageId }): Promise<void> => {
    await lock(ctx, { public_page: pageId })
    const page = await pageOf(ctx, pageId)
    assertAllowed(mayEditServicePage(ctx.actor, page), 'edit the page of a service')
    refuseIf(whyNoPhoto(page))
    await ctx.tx.pagePhoto.delete({ where: { pageId }, select: { pageId: true } })
    await told(ctx, pageId)
  },
)

const pageOf = async (ctx: Context, pageId: number) =>
  orNotFound(
    await ctx.tx.publicPage.findUnique({
      where: { id: pageId },
      select: { organizationId: true, photo: { select: { pageId: true } } },
    }),
    'page of a service',
  )

async function told(ctx: Context, pageId: number): Promise<void> {
  await ctx.tx.publicPage.update({
    where: { id: pageId },
    data: { updatedAt: ctx.now },
    select: { id: true },
  })
  await recordAudit(ctx, { action: 'update', subject: 'public_page', subjectId: pageId, fields: ['photo'] })
}

async function remade(sent: Buffer) {
  const { width, height, format } = await sharp(sent, { limitInputPixels: mostPixels })
    .metadata()
    .catch(() => ({ width: 0, height: 0, format: undefined }))
  refuseIf(
    format && ['jpeg', 'png', 'webp'].includes(format) ? null : 'public_page.photo_unreadable',
    'image',
  )
  // The shorter side, for a photo may be lying on its side.
  const isSmall = Math.max(width, height) < sizes.least || Math.min(width, height) < sizes.leastHigh
  refuseIf(isSmall ? 'public_page.photo_small' : null, 'image', sizes)
  return sharp(sent, { limitInputPixels: mostPixels })
    .autoOrient()
    .resize({ width: sizes.width, height: sizes.height, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 70 })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw new Refused('public_page.photo_unreadable', {}, 'image')
    })
}
