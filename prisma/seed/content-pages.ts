import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Prisma } from '@prisma/client'
import { parse } from 'yaml'
import { contentPath, pageFile } from '../../resources/content-page/schema'
import { dbDateOf } from '../../resources/shared/civil-time'

const folder = join(import.meta.dirname, 'data', 'pages')

/** The pages of the site as files: each at the address that its place in the folder is. */
export function contentPageFiles() {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
      const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? []
      const begun = body.trimStart()
      const read = pageFile.safeParse({ ...(parse(head) as object), body: begun })
      if (!read.success) throw new Error(`${file}: ${read.error.message}`)
      const { checkedOn, ...content } = read.data
      return {
        file,
        path: contentPath.parse(`/${file.replace(/\.md$/, '')}`),
        checkedOn,
        content,
        /** Where its text begins in the file. */
        line: text.slice(0, text.length - begun.length).split('\n').length,
      }
    })
}

/** Publishes the pages that the site has not yet; one that is there, even taken off, is its editors'. */
export async function seedContentPages(tx: Prisma.TransactionClient): Promise<void> {
  const known = new Set((await tx.contentPage.findMany({ select: { path: true } })).map(({ path }) => path))
  const now = new Date()
  for (const { path, checkedOn, content } of contentPageFiles()) {
    if (known.has(path)) continue
    const page = await tx.contentPage.create({
      data: {
        ...{ path, previewToken: randomBytes(16).toString('hex'), checkedOn: dbDateOf(checkedOn) },
        versions: { create: { ...content, createdAt: now, publishedAt: now } },
      },
      select: { id: true, versions: { select: { id: true } } },
    })
    await tx.contentPage.update({
      where: { id: page.id },
      data: { state: 'published', publishedVersionId: page.versions[0]?.id ?? null },
      select: { id: true },
    })
  }
}
